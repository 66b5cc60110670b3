//! One film that is recommended from the reader's own: the films that carry it, and what may be done about it.

use leptos::prelude::*;

use super::recs::for_you;
use super::state::for_you::Reason;
use super::words;
use crate::catalog::ItemRow;
use crate::state::shown::{Movement, ShownRow};
use crate::ui::acts::FilmActs;
use crate::ui::film_facts::FilmFacts;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

/// So many films are named in a row, and so many where the row is opened.
const N_NAMED: usize = 2;
const N_SHOWN: usize = 5;

/// `row` follows the film through the lists.
#[component]
pub(super) fn Rec(item: ItemRow, row: Signal<ShownRow>) -> impl IntoView {
    let shell = shell();
    let for_you = for_you();
    let is_open = RwSignal::new(false);
    let title = shell.site.catalogue().title(item).to_owned();
    let movement = move || row.with(|it| it.movement);
    let move_class = move || match movement() {
        Movement::Up(_) => "move is-up",
        Movement::Down(_) => "move is-down",
        Movement::New => "move is-new",
        Movement::First | Movement::Stayed => "move",
    };
    let is_wanted = move || for_you.wanted().with(|it| it.contains(&item));
    // While new reasons are on their way those before them stay, pale with the list.
    let reasons = Memo::new(move |before: Option<&Option<Vec<Reason>>>| {
        for_you.reasons(item).or_else(|| before.cloned().flatten())
    });
    let because = move || {
        let catalogue = shell.site.catalogue();
        reasons.with(|it| {
            let it = it.as_ref()?;
            let named: Vec<ItemRow> = it.iter().take(N_NAMED).map(|it| it.pick).collect();
            Some(words::because(&text::titles(&catalogue, &named)))
        })
    };
    view! {
        <li class="rec" class:is-on=move || is_open.get() data-row=item.0>
            <span class="rec-rank" translate="no">{move || row.with(|it| it.rank)}</span>
            <Mark item />
            <div>
                <button
                    class="rec-name"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    on:click=move |_| is_open.update(|it| *it = !*it)
                >
                    <span class="film-title" translate="no">{title}</span>
                    <span class=move_class>{move || text::movement(movement())}</span>
                    <Show when=is_wanted><span class="wanted">{words::WANTED}</span></Show>
                </button>
                <FilmFacts item />
                <p class="because">{because}</p>
                <Show when=move || is_open.get()><Falls item reasons /></Show>
            </div>
            <FilmActs item adds=false />
        </li>
    }
}

/// The rank now, and without each of the films that carry it; each can be left out to see whether it is so.
#[component]
fn Falls(item: ItemRow, reasons: Memo<Option<Vec<Reason>>>) -> impl IntoView {
    let shell = shell();
    let for_you = for_you();
    // Among all films, and not among those that the list is steered to.
    let rank = move || for_you.rank_of(item).unwrap_or_default();
    let lines = move || {
        let catalogue = shell.site.catalogue();
        let reasons = reasons.get()?;
        let lines = reasons.into_iter().take(N_SHOWN).map(|reason| {
            let film = text::film(&catalogue, reason.pick);
            let name = words::leave_out(&film);
            view! {
                <li>
                    <span>{film}</span>
                    <span class="number">{words::falls(rank(), reason.rank_without)}</span>
                    <button
                        class="button is-bare"
                        aria-label=name
                        on:click=move |_| for_you.try_reason(item, reason)
                    >
                        {words::LEAVE_OUT}
                    </button>
                </li>
            }
        });
        Some(lines.collect_view())
    };
    let lead = move || {
        reasons.with(|it| match it {
            None => words::REASONS_COMING,
            Some(it) if it.is_empty() => words::NO_REASON,
            Some(_) => words::FALLS,
        })
    };
    view! {
        <div class="falls">
            <p class="quiet">{lead}</p>
            <ul>{lines}</ul>
            <p><a href=move || for_you.why_link(item)>{words::IN_EXPLORE}</a></p>
        </div>
    }
}
