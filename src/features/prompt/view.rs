//! The cards of the feature, and what it is worth.

use leptos::prelude::*;

use super::DOOR;
use super::answer::AnswerCard;
use super::named::NamedCard;
use super::state::{Given, PromptState};
use super::wording::WordingCard;
use super::words;
use crate::feedback;
use crate::shell::feature::{Body, Here};
use crate::state::chosen::Chosen;
use crate::state::language::Language;
use crate::state::shell::{Lasting, Shell};
use crate::ui::dom_id;
use crate::ui::model_card::ModelCard;
use crate::ui::shell;

impl Lasting for PromptState {
    fn of(shell: Shell) -> Self {
        // The page lends it to its features.
        let language = expect_context::<Language>();
        Self::new(Given {
            language,
            engine: shell.engine.handle(),
            clock: shell.clock,
            random: shell.random,
            catalogue: StoredValue::new(shell.site.catalogue()),
            history: shell.reader.read_history(),
            hidden: Signal::derive(move || shell.reader.feedback().with(|it| feedback::hidden(it))),
            family: shell.get::<Chosen>().family().into(),
            is_open: Signal::derive(move || shell.address.is_open(DOOR.id)),
        })
    }
}

pub const HERE: Here = Here {
    empty: words::HISTORY_EMPTY,
    ..Here::of(|body| view! { <PromptView body /> }.into_any(), |_| DOOR.title.to_owned())
};

/// Shows the state, and asks whether there is a model; `body` is where a reader who skips the head arrives.
#[component]
fn PromptView(body: Body) -> impl IntoView {
    let language = state().language();
    language.look();
    view! {
        <div class="cards prompt" data-view="" tabindex="-1" node_ref=body>
            <div class="steps">
                <section class="card step" aria-labelledby=dom_id("prompt-title")>
                    <h2 id=dom_id("prompt-title")>{words::TITLE}</h2>
                    <p class="quiet">{words::LEAD}</p>
                    <Measured />
                    <p class="quiet"><a href=shell().href("results.html#language-model")>{words::RESULTS}</a></p>
                </section>
                <ModelCard language />
                <WordingCard />
            </div>
            <div class="steps">
                <AnswerCard />
                <NamedCard />
            </div>
        </div>
    }
}

/// What it is worth, beside what it has to beat.
#[component]
fn Measured() -> impl IntoView {
    move || {
        let measured = state().language().model()?.measured.clone()?;
        let rows = measured
            .rows
            .into_iter()
            .map(|it| {
                view! {
                    <tr data-ranker=it.name.clone()>
                        <th scope="row">{words::ranker(&it.name)}</th>
                        <td translate="no">{words::ndcg(it.ndcg)}</td>
                        <td translate="no">{words::ndcg_interval(it.low, it.high)}</td>
                    </tr>
                }
            })
            .collect_view();
        let heads = words::RANKER_HEADS.map(|head| view! { <th scope="col">{head}</th> });
        Some(view! {
            <p>{words::VERDICT}</p>
            <details class="evidence">
                <summary>{words::measured_on(measured.n_users)}</summary>
                <table class="ranked">
                    <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        })
    }
}

/// The state of the prompt that is shown.
pub(super) fn state() -> PromptState {
    shell().get()
}
