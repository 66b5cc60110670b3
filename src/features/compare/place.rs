//! One film in one of several lists.

use leptos::prelude::*;

use super::view::Pointed;
use super::words;
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::state::compared::Compared;
use crate::state::shown::{Movement, ShownRow};
use crate::ui::acts::AddFilm;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

const MARK: f64 = 18.0;

/// `row` follows the film through the lists of its family.
#[component]
pub(super) fn Place(item: ItemRow, row: Signal<ShownRow>) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let compared = shell.get::<Compared>();
    let pointed: Pointed = expect_context();
    let catalogue = shell.site.catalogue();
    let film = text::film(&catalogue, item);
    let title = catalogue.title(item).to_owned();
    let is_on = Memo::new(move |_| pointed.is(item));
    let is_pinned = move || chosen.focus().with(|it| *it == Some(item));
    let rank = Memo::new(move |_| row.with(|row| row.rank));
    let movement = Memo::new(move |_| row.with(|row| row.movement));
    let move_class = move || match movement.get() {
        Movement::Up(_) => "move is-up",
        Movement::Down(_) => "move is-down",
        Movement::New => "move is-new",
        Movement::First | Movement::Stayed => "move",
    };
    // In so many lists, of so many.
    let shared = Memo::new(move |_| {
        compared.comparison().with(|it| {
            let it = it.as_ref()?;
            let n_lists = it.n_lists_with.get(&item).copied()?;
            (n_lists > 1).then_some((n_lists, it.cards.len()))
        })
    });
    let described = move || words::place_aloud(movement.get(), shared.get());
    // One Tab stop a column; the arrow keys walk from there.
    let tabindex = move || if rank.get() == 1 { "0" } else { "-1" };
    view! {
        <li class="place" class:is-on=is_on data-row=item.0 data-rank=rank>
            <button
                class="place-name"
                title=film
                aria-description=described
                aria-keyshortcuts="+"
                tabindex=tabindex
                aria-pressed=move || if is_pinned() { "true" } else { "false" }
                on:mouseenter=move |_| pointed.under_hand.set(Some(item))
                on:focus=move |_| pointed.under_hand.set(Some(item))
                on:blur=move |_| pointed.under_hand.set(None)
                on:click=move |_| if untrack(is_pinned) {
                    chosen.focus_on(None);
                } else {
                    chosen.focus_on(Some(item));
                }
            >
                <span class="place-rank" translate="no">{rank}</span>
                <Mark item size=MARK />
                <span class="place-title" translate="no">{title}</span>
                <span class="place-side">
                    <span class=move_class>{move || text::movement(movement.get())}</span>
                    <span class="place-shared">{move || shared.get().map(words::shared)}</span>
                </span>
            </button>
            // By key it is added from its row.
            <AddFilm item tabindex="-1" />
        </li>
    }
}
