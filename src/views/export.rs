//! What a reader takes along, as the session has it: nothing here is read off the page.

use leptos::prelude::*;
use serde::Serialize;

use crate::catalog::ItemRow;
use crate::engine::protocol::{Explanation, ExplanationTest};
use crate::history::History;
use crate::recommend::Recommendation;
use crate::session::{Session, Shown, Side, Tab};
use crate::views::text;

/// The open view in words and numbers; public/tables.js and public/picture.js read it by these names.
#[derive(Serialize)]
pub(super) struct Taken {
    title: String,
    address: String,
    /// Title of the family chosen.
    model: &'static str,
    /// Lines under a picture.
    caption: Vec<String>,
    /// By row: MovieLens id, title, year.
    films: Vec<(Option<u32>, String, Option<u16>)>,
    history: History,
    list: Option<Vec<Recommendation>>,
    why: Option<Explanation>,
    tested: Option<ExplanationTest>,
    inside: Option<Inside>,
    lists: Option<Vec<List>>,
    consensus: Option<Consensus>,
    kept: Option<History>,
}

#[derive(Serialize)]
struct Inside {
    form: &'static str,
    /// Those the family read, oldest first.
    picks: History,
    /// JSON of the family's own type.
    shown: String,
}

#[derive(Serialize)]
struct List {
    family: &'static str,
    /// Of the history kept beside, if it is for that.
    side: Option<&'static str>,
    films: Vec<Recommendation>,
}

#[derive(Serialize)]
struct Consensus {
    families: Vec<&'static str>,
    films: Vec<Agreed>,
}

#[derive(Serialize)]
struct Agreed {
    item: ItemRow,
    /// By family.
    ranks: Vec<Option<usize>>,
}

/// The state of `session`, whose page is at `address`.
pub(super) fn taken(session: Session, address: String) -> Taken {
    let catalogue = session.catalogue();
    let tab = session.tab().get_untracked();
    let is = |these: &[Tab]| these.contains(&tab);
    let history = session.read_history().get_untracked();
    let card = untrack(|| session.card());
    let title = text::view_title(tab, card);
    let comparison = session.comparison().get_untracked().filter(|_| is(&[Tab::Compare]));
    let films = catalogue
        .rows()
        .map(|row| (catalogue.movie_id(row), catalogue.title(row).to_owned(), catalogue.year(row)));
    let explained = session.explained().good_untracked().filter(|_| is(&[Tab::Try]));
    let tested = session.tested().good_untracked().filter(|_| is(&[Tab::Try]));
    let listed = session.shown().get_untracked().filter(|_| is(&[Tab::Try]));
    let has_lists = is(&[Tab::Compare, Tab::Map]);
    let columns = if has_lists { untrack(|| session.board()) } else { Vec::new() };
    let lists = columns.iter().filter_map(|it| {
        let films = films_of(&it.shown().get_untracked()?);
        let side = (it.side == Side::Kept).then_some("kept");
        Some(List { family: it.card.title, side, films })
    });
    Taken {
        caption: text::caption(&title, &text::titles(&catalogue, history.as_slice()), &address),
        title,
        address,
        model: card.map_or("", |card| card.title),
        films: films.collect(),
        list: listed.as_ref().map(films_of),
        why: explained.map(|it| it.answer.explanation),
        tested: tested.map(|it| it.answer.test),
        inside: session.inspecting().on_show_untracked().map(|it| Inside {
            form: it.form,
            picks: it.picks,
            shown: it.shown.to_string(),
        }),
        lists: Some(lists.collect()),
        consensus: comparison.map(|it| Consensus {
            families: it.cards.iter().map(|card| card.title).collect(),
            films: it
                .consensus
                .into_iter()
                .map(|it| Agreed { item: it.item, ranks: it.ranks })
                .collect(),
        }),
        kept: session.kept().get_untracked().filter(|_| is(&[Tab::Compare])),
        history,
    }
}

fn films_of(shown: &Shown) -> Vec<Recommendation> {
    shown.rows.iter().map(|it| Recommendation { item: it.item, score: it.score }).collect()
}
