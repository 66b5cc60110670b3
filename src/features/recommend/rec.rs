//! One recommendation.

use leptos::prelude::*;

use super::view::state;
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::state::shell::Shell;
use crate::state::shown::{Movement, ShownRow};
use crate::ui::acts::FilmActs;
use crate::ui::film_facts::FilmFacts;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

/// A row as it is drawn.
#[derive(Clone, PartialEq)]
pub(super) struct Drawn {
    pub(super) row: ShownRow,
    pub(super) score: String,
    pub(super) bar_percent: f32,
}

/// `row` follows the film through the lists.
#[component]
pub(super) fn Rec(item: ItemRow, row: Signal<Drawn>) -> impl IntoView {
    let shell = shell();
    let state = state();
    let catalogue = shell.site.catalogue();
    let title = catalogue.title(item).to_owned();
    let is_on = move || state.explained().with(|it| it.map(|it| it.question.item)) == Some(item);
    let movement = move || row.with(|it| it.row.movement);
    let move_class = move || match movement() {
        Movement::Up(_) => "move is-up",
        Movement::Down(_) => "move is-down",
        Movement::New => "move is-new",
        Movement::First | Movement::Stayed => "move",
    };
    view! {
        <li class="rec" class:is-on=is_on data-row=item.0>
            <span class="rec-rank" translate="no">{move || row.with(|it| it.row.rank)}</span>
            <Mark item />
            <div>
                <button
                    class="rec-name"
                    aria-current=move || is_on().then_some("true")
                    on:click=move |_| ask_why(shell, item)
                >
                    <span class="film-title" translate="no">{title}</span>
                    <span class=move_class>{move || text::movement(movement())}</span>
                    <span class="was">
                        {move || row.with(|it| it.row.plain_rank.map(text::was))}
                    </span>
                </button>
                <FilmFacts item />
            </div>
            <span class="rec-score" translate="no">
                {move || row.with(|it| it.score.clone())}
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=move || format!("{:.1}%", row.with(|it| it.bar_percent))>
                    </span>
                </span>
            </span>
            <FilmActs item />
        </li>
    }
}

/// Asks why `item` stands where it stands. Where the reasons are a sheet over the list, Back closes it.
fn ask_why(shell: Shell, item: ItemRow) {
    let chosen = shell.get::<Chosen>();
    let narrow = window().match_media("(max-width: 820px)").ok().flatten();
    let is_closed = chosen.focus().with_untracked(Option::is_none);
    if is_closed && narrow.is_some_and(|it| it.matches()) {
        shell.address.step_onto_sheet();
    }
    chosen.focus_on(Some(item));
}
