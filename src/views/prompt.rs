//! The page of prompts: a language model as a recommender, with what it is told and what moves it.

mod answer;
mod model;
mod named;
mod wording;

use leptos::prelude::*;

use crate::session::{Language, Prompting};
use crate::views::text;
use answer::AnswerCard;
pub(super) use model::ModelCard;
use named::NamedCard;
use wording::WordingCard;

/// Needs a [`Language`] and a [`Prompting`] in its context.
#[component]
pub(super) fn PromptView() -> impl IntoView {
    language().look();
    view! {
            <div class="steps">
                <section class="card" aria-labelledby="prompt-title">
                    <h2 id="prompt-title">{text::PROMPT}</h2>
                    <p class="quiet">{text::PROMPT_LEAD}</p>
                    <p class="quiet"><a href="results.html#language-model">{text::PROMPT_RESULTS}</a></p>
                </section>
                <ModelCard />
                <WordingCard />
            </div>
            <div class="steps">
                <AnswerCard />
                <NamedCard />
            </div>
    }
}

fn prompting() -> Prompting {
    expect_context()
}

fn language() -> Language {
    expect_context()
}
