//! What was said and answered, and where to say more.

use leptos::prelude::*;

use super::state::Wordsmith;
use super::turn::TurnView;
use super::view::state;
use super::words;
use crate::ui::acts::{find, focus};
use crate::ui::dom_id;
use crate::ui::hidden::HiddenFilms;
use crate::ui::in_order::InOrderOf;
use crate::ui::keys::{is_composing, walk_without_choosing};
use crate::ui::model_card::ModelCard;
use crate::ui::shell;

/// The field lies over the end of the window, so much of it, in pixels.
const ROOM_OF_FIELD: f64 = 120.0;

#[component]
pub(super) fn Transcript() -> impl IntoView {
    let (shell, state) = (shell(), state());
    let message = RwSignal::new(String::new());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !state.is_answering().get_untracked() {
            state.say(&message.get_untracked());
            message.set(String::new());
        }
    };
    let is_empty = move || state.turns().with(Vec::is_empty);
    let places = move || 0..state.turns().with(Vec::len);
    let turn_at = move |at: usize| untrack(|| state.turns().with(|it| it.get(at).cloned()));
    let started_over = move || state.has_started_over().then_some(words::STARTED_OVER);
    let log = NodeRef::<leptos::html::Div>::new();
    show_newest(log);
    // The buttons of a start go with it.
    let open = move |words: &'static str| {
        state.say(words);
        focus(log.get_untracked().map(|it| it.into()));
    };
    let start_over = move |_| {
        state.start_over();
        request_animation_frame(move || focus(find(shell, ".openers button")));
    };
    view! {
        <section class="card transcript" aria-labelledby=dom_id("talk-title")>
            <div class="card-head">
                <h2 id=dom_id("talk-title")>{words::TITLE}</h2>
                <Show when=move || !is_empty()>
                    <button class="button is-bare" on:click=start_over>
                        {words::START_OVER}
                    </button>
                </Show>
            </div>
            <p class="quiet">{words::LEAD}</p>
            <p class="quiet" role="status">{started_over}</p>
            <Show when=is_empty>
                <p class="label" id=dom_id("openers")>{words::OPENERS}</p>
                <ul class="openers" aria-labelledby=dom_id("openers")>
                    {words::OPENINGS
                        .iter()
                        .map(|it| view! {
                            <li><button class="button" on:click=move |_| open(it)>{*it}</button></li>
                        })
                        .collect_view()}
                </ul>
            </Show>
            <InOrderOf />
            <div role="log" aria-label=words::TITLE tabindex="-1" node_ref=log>
                <ol class="turns">
                    <For each=places key=|at| *at let(at)>
                        {turn_at(at).map(|first| view! { <TurnView at first /> })}
                    </For>
                </ol>
            </div>
            <Show when=move || state.is_answering().get()>
                <p class="quiet spin" role="status">{words::ANSWERING}</p>
            </Show>
            <HiddenFilms />
            <WordsmithChoice />
            <form class="say" on:submit=send>
                <label class="visually-hidden" for=dom_id("message")>{words::MESSAGE}</label>
                <input
                    id=dom_id("message")
                    type="text"
                    autocomplete="off"
                    placeholder=words::MESSAGE_HINT
                    prop:value=move || message.get()
                    on:input=move |event| message.set(event_target_value(&event))
                    on:keydown=move |event| if event.key() == "Enter" && is_composing(&event) {
                        event.prevent_default();
                    }
                />
                <button class="button is-main" type="submit">{words::SEND}</button>
            </form>
        </section>
    }
}

/// Brings each new answer into sight, its beginning where it is taller than the window.
fn show_newest(log: NodeRef<leptos::html::Div>) {
    let turns = state().turns();
    Effect::new(move |n_before: Option<usize>| {
        let n_turns = turns.with(Vec::len);
        let is_painted = log.with_untracked(Option::is_some);
        if is_painted && n_before.is_some_and(|n| n_turns > n) {
            request_animation_frame(move || {
                let newest = log
                    .try_get_untracked()
                    .flatten()
                    .and_then(|it| it.query_selector(".turn:last-child").ok().flatten());
                if let Some(newest) = newest {
                    let room =
                        window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
                    let is_tall = f64::from(newest.client_height()) > room - ROOM_OF_FIELD;
                    newest.scroll_into_view_with_bool(is_tall);
                }
            });
        }
        n_turns
    });
}

/// Who finds the words: the rules, or a model that may only choose among sentences with evidence.
#[component]
fn WordsmithChoice() -> impl IntoView {
    let state = state();
    let language = state.language();
    let option = move |by: Wordsmith| {
        let is_here = move || match by {
            Wordsmith::Rules => true,
            Wordsmith::Language => language.is_shipped(),
            Wordsmith::Browser => state.has_own_model(),
        };
        view! {
            <Show when=is_here>
                <label class="check">
                    <input
                        type="radio"
                        name=dom_id("wordsmith")
                        prop:checked=move || state.wordsmith().get() == by
                        on:change=move |_| {
                            if by == Wordsmith::Language {
                                language.look();
                            }
                            state.wordsmith().set(by);
                        }
                    />
                    {words::wordsmith(by)}
                </label>
            </Show>
        }
    };
    let has_choice = move || language.is_shipped() || state.has_own_model();
    let needs_model =
        move || state.wordsmith().get() == Wordsmith::Language && !language.is_ready();
    view! {
        <Show when=has_choice>
            <fieldset class="wordsmiths" on:keydown=|event| walk_without_choosing(&event)>
                <legend class="label">{words::WORDSMITH}</legend>
                {[Wordsmith::Rules, Wordsmith::Language, Wordsmith::Browser].map(option).into_iter().collect_view()}
            </fieldset>
        </Show>
        <Show when=move || needs_model()><ModelCard language /></Show>
    }
}
