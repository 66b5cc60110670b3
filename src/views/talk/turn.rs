//! A message and its answer: what was understood, the films with their reasons, and what can be done about each.

use leptos::prelude::*;

use crate::dialogue::Claim;
use crate::session::{Turn, Words};
use crate::views::acts::FilmActs;
use crate::views::text;

#[component]
pub(super) fn TurnView(turn: Turn) -> impl IntoView {
    let who = if turn.is_simulated { text::SEEKER } else { text::YOU };
    let cut = turn.heard.is_cut.then(|| view! { <p class="note">{text::MESSAGE_CUT}</p> });
    let missing = turn
        .missing
        .iter()
        .map(|error| view! { <p class="note" role="alert">{text::without_evidence(error)}</p> })
        .collect_view();
    let session = crate::views::session();
    let by_rules = move || {
        let sentence = |claim: &Claim| text::claim(&session.catalogue(), claim);
        turn.claims.iter().map(|claim| (claim.clone(), sentence(claim))).collect::<Vec<_>>()
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
    let wording = move || words.with(text::words);
    view! {
        <li class="turn">
            <p class="said"><span class="label">{who}</span>{text::shortened(&turn.message)}</p>
            {cut}
            <div class="answered">
                <span class="label">{text::ANSWER}</span>
                <ul>{claims}</ul>
                {missing}
                <p class="quiet" role="status">{wording}</p>
                <p class="cost figure">{text::millis(turn.millis)}</p>
            </div>
        </li>
    }
}

/// A sentence, and the facts it rests on one click away.
#[component]
fn ClaimView(claim: Claim, sentence: String) -> impl IntoView {
    let session = crate::views::session();
    let catalogue = session.catalogue();
    let film = claim.film();
    let evidence = film.map(|film| {
        let facts = catalogue
            .facts(film)
            .into_iter()
            .map(|fact| view! { <li><span class="label">{fact.field}</span>" "{fact.text}</li> })
            .collect_view();
        let name = text::film(&catalogue, film);
        view! {
            <FilmActs item=film />
            <details class="evidence">
                <summary>{text::evidence(&name)}</summary>
                <p class="quiet">{text::EVIDENCE_FROM}</p>
                <ul class="evidence-facts">{facts}</ul>
            </details>
        }
    });
    view! { <li class="claim" data-row=film.map(|it| it.0)><p>{sentence}</p>{evidence}</li> }
}
