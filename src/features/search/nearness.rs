//! The newest search as a figure: what the encoder added to plain word match.

use leptos::prelude::*;

use super::figure::{self, Shown};
use super::view::state;
use super::words::{self, figure as text};
use crate::catalog::{ItemRow, WordHit, telling_words};
use crate::recommend::Recommendation;
use crate::ui::figure::{Draw, Figure, Source, Steps};
use crate::ui::shell;

/// What both kinds of search gave.
#[derive(Clone, Debug, Default, PartialEq)]
struct Both {
    words: Vec<String>,
    near: Vec<Recommendation>,
    by_words: Vec<WordHit>,
}

#[component]
pub(super) fn Nearness() -> impl IntoView {
    let (shell, state) = (shell(), state());
    let found = state.found();
    let both = Memo::new(move |_| {
        shell.site.has_details(); // tags and people are among a film's words from then on
        let catalogue = shell.site.catalogue();
        found.with(|it| {
            let it = it?;
            let (text, hidden) = (&it.question.text, &it.question.hidden);
            Some(Both {
                words: telling_words(text),
                near: it.answer.films.clone(),
                by_words: catalogue.found_by_words(text, hidden, figure::N_DRAWN),
            })
        })
    });
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        both.with(|both| {
            let Both { words, near, by_words } = both.as_ref()?;
            let at = state.matched_item().get();
            figure::draw(&Shown { words, near, by_words, at }, &catalogue, width)
        })
    });
    let films = move || {
        both.with(|it| {
            let near = it.iter().flat_map(|it| &it.near).take(figure::N_DRAWN);
            near.map(|it| it.item).collect::<Vec<_>>()
        })
    };
    let n = Memo::new(move |_| films().len());
    let at = Memo::new(move |_| {
        let item = state.matched_item().get();
        films().iter().position(|&it| Some(it) == item).unwrap_or(0)
    });
    let go = Callback::new(move |(step,): (usize,)| {
        if let Some(&item) = untrack(films).get(step) {
            state.focus_match(item);
        }
    });
    let of = Callback::new(move |(step,): (usize,)| text::step(step, n.get()));
    let act = Callback::new(move |(what,): (String,)| {
        if let Ok(row) = what.parse() {
            state.focus_match(ItemRow(row));
        }
    });
    let source = move || {
        let n_items = shell.site.catalogue().n_items();
        let more = found.with(|it| {
            it.map(|it| {
                let encoder = words::encoder_title(it.question.encoder);
                text::source(encoder, words::vectors(it.answer.vectors), n_items)
            })
        });
        Source { family: None, cost: None, more: more.unwrap_or_default() }
    };
    view! {
        <Show when=move || { n.get() > 0 }>
            <Figure
                name="meaning"
                title=Signal::derive(|| text::TITLE.to_owned())
                about=text::ABOUT
                source=Signal::derive(source)
                draw=draw.clone()
                act=Some(act)
                steps=Some(Steps { n, at, go, name: text::STEPS, of })
            />
        </Show>
    }
}
