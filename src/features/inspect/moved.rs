//! A short ranked list beside the one it came from: what entered, rose and fell.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::compare::{self, Changes};
use crate::recommend::Recommendation;
use crate::state::chosen::Chosen;
use crate::state::shown::{Movement, ShownRow, rows_beside};
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

const MARK: f64 = 18.0;

/// A short list set beside the one it came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moved {
    rows: Vec<ShownRow>,
    pub(super) changes: Changes,
}

impl Moved {
    /// `list` beside `before`, which may be the longer one; both best first.
    pub(super) fn since(before: &[ItemRow], list: &[Recommendation]) -> Self {
        let now: Vec<ItemRow> = list.iter().map(|it| it.item).collect();
        let changes = compare::changes(before, &now, now.len());
        Self { rows: rows_beside(list, &[], before), changes }
    }
}

#[component]
pub(super) fn MovedFilms(#[prop(into)] moved: Signal<Moved>) -> impl IntoView {
    let rows = move || {
        moved.with(|it| {
            let scores: Vec<f32> = it.rows.iter().map(|row| row.score).collect();
            let meaning = text::meaning_of(&shell().get::<Chosen>().family().get_untracked());
            let scores = text::scores(meaning, &scores).into_iter();
            it.rows.iter().zip(scores).map(film).collect_view()
        })
    };
    view! { <ol class="small-list">{rows}</ol> }
}

fn film((row, score): (&ShownRow, String)) -> impl IntoView + use<> {
    let item = row.item;
    let name = text::film(&shell().site.catalogue(), item);
    let class = match row.movement {
        Movement::Up(_) => "move is-up",
        Movement::Down(_) => "move is-down",
        Movement::New => "move is-new",
        Movement::First | Movement::Stayed => "move",
    };
    view! {
        <li class="small-film" data-row=item.0>
            <span class="place-rank" translate="no">{row.rank}</span>
            <Mark item size=MARK />
            <span class="small-title" translate="no">
                {name} <span class=class aria-hidden="true">{text::movement(row.movement)}</span>
                <span class="visually-hidden">{text::movement_aloud(row.movement)}</span>
            </span>
            <span class="number" translate="no">{score}</span>
        </li>
    }
}
