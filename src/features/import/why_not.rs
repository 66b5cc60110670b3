//! Why a film is not among the first: its rank, and what holds it back.

use leptos::prelude::*;

use super::recs::for_you;
use super::state::for_you::Standing;
use super::words;
use crate::catalog::ItemRow;
use crate::ui::dom_id;
use crate::ui::shell;
use crate::ui::words as text;

const N_FOUND: usize = 6;

#[component]
pub(super) fn WhyNot() -> impl IntoView {
    let shell = shell();
    let typed = RwSignal::new(String::new());
    let film = RwSignal::new(None::<ItemRow>);
    let found = Memo::new(move |_| {
        let typed = typed.get();
        // The film that was chosen stands in the field: it is not asked for again.
        let is_chosen =
            film.get().is_some_and(|it| text::film(&shell.site.catalogue(), it) == typed);
        if typed.trim().is_empty() || is_chosen {
            return Vec::new();
        }
        let found = shell.site.catalogue().search_titles(&typed, N_FOUND);
        found.into_iter().map(|it| it.item).collect::<Vec<_>>()
    });
    let options = move || {
        let catalogue = shell.site.catalogue();
        let option = |item| {
            let name = text::film(&catalogue, item);
            let chosen = name.clone();
            view! {
                <li>
                    <button
                        class="button is-bare"
                        on:click=move |_| {
                            film.set(Some(item));
                            typed.set(chosen.clone());
                        }
                    >
                        {name}
                    </button>
                </li>
            }
        };
        found.get().into_iter().map(option).collect_view()
    };
    let verdict = move || film.get().map(|item| view! { <Verdict item /> });
    view! {
        <details class="evidence why-not">
            <summary>{words::WHY_NOT}</summary>
            <label class="wish" for=dom_id("why-not")>
                <span class="wish-name">{words::WHY_NOT_LABEL}</span>
                <input
                    type="text"
                    id=dom_id("why-not")
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
            <ul class="why-not-found">{options}</ul>
            <div role="status">{verdict}</div>
        </details>
    }
}

#[component]
fn Verdict(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let for_you = for_you();
    let catalogue = shell.site.catalogue();
    let film = catalogue.title(item).to_owned();
    let lines = move || {
        let catalogue = shell.site.catalogue();
        let mut lines = vec![words::stands(&film, for_you.standing(item), for_you.n_ranked())];
        lines.extend(for_you.holds(item).into_iter().map(|it| words::holds(it, &catalogue)));
        if let Standing::Ranked(rank) = for_you.standing(item) {
            let against = for_you.against(item).unwrap_or_default();
            let named: Vec<(String, usize)> = against
                .into_iter()
                .take(3)
                .map(|it| (catalogue.title(it.pick).to_owned(), it.rank_without))
                .collect();
            lines.push(words::held_back(&named, rank));
        }
        lines.into_iter().map(|it| view! { <p>{it}</p> }).collect_view()
    };
    view! { {lines} }
}
