//! What was said and answered, and where to say more.

use leptos::prelude::*;

use super::talking;
use crate::dialogue::Claim;
use crate::session::{Language, Turn, Words, Wordsmith};
use crate::views::prompt::ModelCard;
use crate::views::text;

#[component]
pub(super) fn Transcript() -> impl IntoView {
    let talking = talking();
    let message = RwSignal::new(String::new());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !talking.is_answering().get_untracked() {
            talking.say(&message.get_untracked());
            message.set(String::new());
        }
    };
    let is_empty = move || talking.turns().with(Vec::is_empty);
    let turns = move || {
        let numbered: Vec<(usize, Turn)> = talking.turns().get().into_iter().enumerate().collect();
        numbered
    };
    view! {
        <section class="card transcript" aria-labelledby="talk-title">
            <div class="card-head">
                <h2 id="talk-title">{text::TALK}</h2>
                <Show when=move || !is_empty()>
                    <button class="button is-bare" on:click=move |_| talking.start_over()>
                        {text::START_OVER}
                    </button>
                </Show>
            </div>
            <p class="quiet">{text::TALK_LEAD}</p>
            <Show when=is_empty>
                <p class="label" id="openers">{text::OPENERS}</p>
                <ul class="openers" aria-labelledby="openers">
                    {text::OPENINGS
                        .iter()
                        .map(|it| view! {
                            <li><button class="button" on:click=move |_| talking.say(it)>{*it}</button></li>
                        })
                        .collect_view()}
                </ul>
            </Show>
            <div role="log" aria-label=text::TALK>
                <ol class="turns">
                    <For each=turns key=|(at, _)| *at let((_, turn))>
                        <TurnView turn />
                    </For>
                </ol>
            </div>
            <Show when=move || talking.is_answering().get()>
                <p class="quiet spin" role="status">{text::ANSWERING}</p>
            </Show>
            <WordsmithChoice />
            <form class="say" on:submit=send>
                <label class="visually-hidden" for="message">{text::MESSAGE}</label>
                <input
                    id="message"
                    type="text"
                    autocomplete="off"
                    placeholder=text::MESSAGE_HINT
                    prop:value=move || message.get()
                    on:input=move |event| message.set(event_target_value(&event))
                />
                <button class="button is-main" type="submit">{text::SEND}</button>
            </form>
        </section>
    }
}

/// Who finds the words: the rules, or a model that may only choose among sentences with evidence.
#[component]
fn WordsmithChoice() -> impl IntoView {
    let talking = talking();
    let language: Language = expect_context();
    let option = move |by: Wordsmith| {
        let is_here = move || match by {
            Wordsmith::Rules => true,
            Wordsmith::Language => language.is_shipped(),
            Wordsmith::Browser => talking.has_own_model(),
        };
        view! {
            <Show when=is_here>
                <label class="check">
                    <input
                        type="radio"
                        name="wordsmith"
                        prop:checked=move || talking.wordsmith().get() == by
                        on:change=move |_| {
                            if by == Wordsmith::Language {
                                language.look();
                            }
                            talking.let_word(by);
                        }
                    />
                    {text::wordsmith(by)}
                </label>
            </Show>
        }
    };
    let has_choice = move || language.is_shipped() || talking.has_own_model();
    let needs_model =
        move || talking.wordsmith().get() == Wordsmith::Language && !language.is_ready();
    view! {
        <Show when=has_choice>
            <fieldset class="wordsmiths">
                <legend class="label">{text::WORDSMITH}</legend>
                {[Wordsmith::Rules, Wordsmith::Language, Wordsmith::Browser].map(option).into_iter().collect_view()}
            </fieldset>
        </Show>
        <Show when=move || needs_model()><ModelCard /></Show>
    }
}

#[component]
fn TurnView(turn: Turn) -> impl IntoView {
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
        let is_picked = move || session.history().with(|it| it.contains(film));
        view! {
            <details class="evidence">
                <summary>{text::evidence(&name)}</summary>
                <p class="quiet">{text::EVIDENCE_FROM}</p>
                <ul class="evidence-facts">{facts}</ul>
                <Show when=move || !is_picked()>
                    <button class="button" on:click=move |_| session.pick(film)>{text::add(&name)}</button>
                </Show>
            </details>
        }
    });
    view! { <li class="claim" data-row=film.map(|it| it.0)><p>{sentence}</p>{evidence}</li> }
}
