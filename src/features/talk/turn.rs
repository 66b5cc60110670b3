//! A message and its answer: what was understood, the films with their reasons, and what can be done about each.

use leptos::prelude::*;

use super::sentences;
use super::state::{Turn, Words};
use super::view::state;
use super::words;
use crate::catalog::ItemRow;
use crate::dialogue::{Claim, Intent};
use crate::ui;
use crate::ui::acts::FilmActs;
use crate::ui::shell;
use crate::ui::words as text;

/// The turn at this place, which the reader may put right while it is the newest.
#[component]
pub(super) fn TurnView(at: usize, first: Turn) -> impl IntoView {
    let state = state();
    let who = if first.is_simulated { words::SEEKER } else { words::YOU };
    let message = sentences::shortened(&first.message);
    let turn = Memo::new(move |before: Option<&Turn>| {
        let now = state.turns().with(|it| it.get(at).cloned());
        // One that is about to go keeps what it showed.
        now.or(before.cloned()).unwrap_or(first.clone())
    });
    let is_newest = Memo::new(move |_| state.turns().with(Vec::len) == at + 1);
    view! {
        <li class="turn">
            <p class="said"><span class="label">{who}</span>{message}</p>
            {move || view! { <Answered turn=turn.get() /> }}
            <Show when=move || is_newest.get() && turn.with(|it| !it.on_screen().is_empty())>
                <button class="button" on:click=move |_| state.say(words::MORE)>{words::MORE_FILMS}</button>
            </Show>
        </li>
    }
}

#[component]
fn Answered(turn: Turn) -> impl IntoView {
    let shell = shell();
    let cut = turn.heard.is_cut.then(|| view! { <p class="note">{words::MESSAGE_CUT}</p> });
    let missing = turn
        .missing
        .iter()
        .map(|error| view! { <p class="note" role="alert">{words::without_evidence(error)}</p> })
        .collect_view();
    // Who asks why, or for a comparison, wants to hear of the same films.
    let is_new = matches!(turn.heard.intent, Intent::Explain | Intent::Compare);
    let same = (turn.is_same && !is_new).then(|| {
        let changes = turn.heard.wish != turn.before;
        view! { <p class="note">{words::same_films(changes)}</p> }
    });
    let claims = turn.claims;
    let by_rules = move || {
        let sentence = |claim: &Claim| sentences::usual(&shell.site.catalogue(), claim);
        claims.iter().map(|claim| (claim.clone(), sentence(claim))).collect::<Vec<_>>()
    };
    let words = turn.words;
    let sentences = move || match words.get() {
        Words::Said { sentences, .. } if !sentences.is_empty() => sentences,
        _ => by_rules(),
    };
    let claims = move || {
        let said = sentences().into_iter();
        said.map(|(claim, sentence)| view! { <ClaimView claim sentence /> }).collect_view()
    };
    let wording = move || words.with(words::words);
    view! {
        <div class="answered">
            <span class="label">{words::ANSWER}</span>
            {cut}
            {same}
            <ul>{claims}</ul>
            {missing}
            <p class="quiet" role="status">{wording}</p>
            <p class="cost figure">{ui::words::millis(turn.millis)}</p>
        </div>
    }
}

/// A sentence, with what can be done about its film, and the facts it rests on one click away.
#[component]
fn ClaimView(claim: Claim, sentence: String) -> impl IntoView {
    let film = claim.film();
    let put_away = match claim {
        Claim::SentAway { films } => Some(films),
        _ => None,
    };
    let is_hidden = move || {
        let shell = shell();
        shell.reader.feedback().with(|it| {
            film.and_then(|film| crate::feedback::of(it, film)).is_some_and(|it| it.hides())
        })
    };
    view! {
        <li class="claim" class:is-hidden=is_hidden data-row=film.map(|it| it.0)>
            <p>{sentence}</p>
            {put_away.map(|films| view! { <TakeBack films /> })}
            {film.map(|film| view! { <Evidence film /> })}
        </li>
    }
}

/// Lets films come again that the message put away.
#[component]
fn TakeBack(films: Vec<ItemRow>) -> impl IntoView {
    let state = state();
    view! { <button class="button" on:click=move |_| state.take_back(&films)>{text::UNDO}</button> }
}

#[component]
fn Evidence(film: ItemRow) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let facts = catalogue
        .facts(film)
        .into_iter()
        .map(|fact| (fact.field, fact.text))
        .chain(words::further_facts(&catalogue, film))
        .map(|(field, text)| view! { <li><span class="label">{field}</span>" "{text}</li> })
        .collect_view();
    view! {
        <div class="claim-acts">
            <details class="evidence">
                <summary>{words::evidence(&ui::words::film(&catalogue, film))}</summary>
                <p class="quiet">{words::EVIDENCE_FROM}</p>
                <ul class="evidence-facts">{facts}</ul>
            </details>
            <FilmActs item=film />
        </div>
    }
}
