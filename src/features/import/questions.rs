//! What only the reader can tell, a choice each.

use std::sync::Arc;

use leptos::prelude::*;

use super::state::reading::Review;
use super::view::state;
use super::words;
use crate::imports::{Choice, Question, words as import_words};
use crate::ui::film_facts::FilmFacts;
use crate::ui::shell;

/// The questions of `review`, answered ones too, so that an answer can be changed.
#[component]
pub(super) fn Questions(review: Signal<Arc<Review>>) -> impl IntoView {
    let all = move || review.with(|it| it.questions().cloned().collect::<Vec<_>>());
    let has_any = move || review.with(|it| it.questions().next().is_some());
    // The same question stays where it is, and its choice in focus, when the files are read again.
    let key = |it: &Question| format!("{it:?}");
    view! {
        <Show when=has_any>
            <h3>{words::TO_CHOOSE}</h3>
            <p class="quiet">{words::TO_CHOOSE_LEAD}</p>
            <For each=all key=key let(question)>
                <QuestionView question />
            </For>
        </Show>
    }
}

#[component]
fn QuestionView(question: Question) -> impl IntoView {
    let name = shell().dom_id_of(format!("import-{:?}", question.about));
    let asked = import_words::question(&question);
    let choices = question.choices.clone().into_iter().map(|choice| {
        view! { <ChoiceView question=question.clone() choice name=name.clone() /> }
    });
    view! {
        <fieldset class="question">
            <legend>{asked}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}

#[component]
fn ChoiceView(question: Question, choice: Choice, name: String) -> impl IntoView {
    let state = state();
    let catalogue = shell().site.catalogue();
    let words = words::choice(&choice, &catalogue);
    let facts = match choice {
        Choice::Film(item) => Some(view! { <FilmFacts item /> }),
        _ => None,
    };
    let about = question.about.clone();
    let own = choice.clone();
    let is_chosen = move || state.answers().with(|answers| question.answer(answers) == Some(&own));
    view! {
        <label class="check">
            <input
                type="radio"
                name=name
                prop:checked=is_chosen.clone()
                checked=is_chosen
                on:change=move |_| state.answer(about.clone(), choice.clone())
            />
            <span>{words} {facts}</span>
        </label>
    }
}
