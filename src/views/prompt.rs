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
                <section class="card step" aria-labelledby="prompt-title">
                    <h2 id="prompt-title">{text::PROMPT}</h2>
                    <p class="quiet">{text::PROMPT_LEAD}</p>
                    <Measured />
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

/// What it is worth, beside what it has to beat.
#[component]
fn Measured() -> impl IntoView {
    move || {
        let measured = language().model()?.measured.clone()?;
        let rows = measured
            .rows
            .into_iter()
            .map(|it| {
                view! {
                    <tr data-ranker=it.name.clone()>
                        <th scope="row">{text::ranker(&it.name)}</th>
                        <td translate="no">{text::ndcg(it.ndcg)}</td>
                        <td translate="no">{text::ndcg_interval(it.low, it.high)}</td>
                    </tr>
                }
            })
            .collect_view();
        let heads = text::RANKER_HEADS.map(|head| view! { <th scope="col">{head}</th> });
        Some(view! {
            <p>{text::PROMPT_VERDICT}</p>
            <details class="evidence">
                <summary>{text::measured_on(measured.n_users)}</summary>
                <table class="ranked">
                    <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        })
    }
}

fn prompting() -> Prompting {
    expect_context()
}

fn language() -> Language {
    expect_context()
}
