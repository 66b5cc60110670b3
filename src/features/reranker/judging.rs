//! Films to like or not: well-known ones, or those of a title that is typed.

use leptos::prelude::*;

use super::view::state;
use super::words;
use crate::catalog::ItemRow;
use crate::feedback::{self, Feedback};
use crate::ui;
use crate::ui::dom_id;
use crate::ui::film_facts::FilmFacts;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

/// Films at once.
const N_OFFERED: usize = 6;

#[component]
pub(super) fn Judging() -> impl IntoView {
    let state = state();
    let shell = shell();
    let title = RwSignal::new(String::new());
    let is_searched = move || title.with(|it| !it.trim().is_empty());
    let films = Memo::new(move |before: Option<&Vec<ItemRow>>| {
        if !is_searched() {
            return in_their_places(before, state.to_judge(N_OFFERED));
        }
        shell.site.has_details(); // the cast can be found from then on
        let found = title.with(|it| shell.site.catalogue().search_titles(it.trim(), N_OFFERED));
        found.into_iter().map(|it| it.item).collect()
    });
    let said = move || match (is_searched(), films.with(Vec::len)) {
        (false, 0) => words::ALL_JUDGED.to_owned(),
        (false, _) => words::JUDGE_KNOWN.to_owned(),
        (true, n) => text::n_matches(n),
    };
    // Rows stay where the films change, and with them the focus.
    let rows = move || 0..films.with(Vec::len);
    let film_at = move |at| {
        // A row that is about to go keeps its film.
        Memo::new(move |before: Option<&ItemRow>| {
            let film = films.with(|it| it.get(at).copied());
            film.or(before.copied()).unwrap_or(ItemRow(0))
        })
    };
    view! {
        <h3>{words::MARK}</h3>
        <label class="label" for=dom_id("film-to-mark")>{words::FILM_TO_MARK}</label>
        <input
            id=dom_id("film-to-mark")
            class="film-to-mark"
            type="search"
            autocomplete="off"
            placeholder=words::FILM_TO_MARK_HINT
            prop:value=move || title.get()
            on:input=move |event| title.set(event_target_value(&event))
        />
        <p class="quiet" role="status">{said}</p>
        <ul class="to-judge" aria-label=words::MARK>
            <For each=rows key=|at| *at let(at)>
                <ToJudge item=film_at(at) is_passed_over=Signal::derive(move || !is_searched()) />
            </For>
        </ul>
    }
}

/// `films` in such an order that those that were there `before` keep their places.
fn in_their_places(before: Option<&Vec<ItemRow>>, mut films: Vec<ItemRow>) -> Vec<ItemRow> {
    for (at, item) in before.into_iter().flatten().enumerate().take(films.len()) {
        if let Some(now_at) = films.iter().position(|it| it == item) {
            films.swap(at, now_at);
        }
    }
    films
}

#[component]
fn ToJudge(#[prop(into)] item: Signal<ItemRow>, is_passed_over: Signal<bool>) -> impl IntoView {
    let state = state();
    let catalogue = shell().site.catalogue();
    let film = {
        let catalogue = catalogue.clone();
        move || {
            let item = item.get();
            let title = catalogue.title(item).to_owned();
            view! {
                <Mark item />
                <span class="to-judge-film">
                    <span class="film-title" translate="no">{title}</span>
                    <FilmFacts item />
                </span>
            }
        }
    };
    let unknown =
        StoredValue::new(move || words::do_not_know(&ui::words::film(&catalogue, item.get())));
    view! {
        <li data-row=move || item.get().0>
            {film}
            <span class="to-judge-acts">
                <Judge item is_liked=true />
                <Judge item is_liked=false />
                <Show when=move || is_passed_over.get()>
                    <button
                        class="button is-bare"
                        aria-label=move || unknown.with_value(|it| it())
                        on:click=move |_| state.pass_over(item.get_untracked())
                    >
                        {words::DO_NOT_KNOW}
                    </button>
                </Show>
            </span>
        </li>
    }
}

/// Says that a film is liked, or not; said again, takes it back.
#[component]
pub(super) fn Judge(#[prop(into)] item: Signal<ItemRow>, is_liked: bool) -> impl IntoView {
    let shell = shell();
    let catalogue = shell.site.catalogue();
    let said = if is_liked { Feedback::Liked } else { Feedback::NotForMe };
    let is_said =
        move || shell.reader.feedback().with(|it| feedback::of(it, item.get()) == Some(said));
    view! {
        <button
            class="button judge"
            class:is-liked=is_liked
            aria-label=move || words::judge(&ui::words::film(&catalogue, item.get()), is_liked)
            aria-pressed=move || if is_said() { "true" } else { "false" }
            on:click=move |_| shell.reader.say_of(item.get_untracked(), said)
        >
            {if is_liked { text::LIKE } else { text::NOT_FOR_ME }}
        </button>
    }
}
