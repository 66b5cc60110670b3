//! The cards of the feature, and what it is worth.

use leptos::prelude::*;

use super::answer::AnswerCard;
use super::named::NamedCard;
use super::state::{Given, PromptState};
use super::wording::WordingCard;
use super::words;
use crate::feedback;
use crate::session::{Session, Tab};
use crate::state::language::Language;
use crate::ui::clock;
use crate::ui::model_card::ModelCard;

impl PromptState {
    /// The state over what `session` holds.
    pub fn of(session: Session, language: Language) -> Self {
        Self::new(Given {
            language,
            engine: session.engine(),
            clock: clock::of_page(),
            random: js_sys::Math::random,
            catalogue: StoredValue::new(session.catalogue()),
            history: session.read_history(),
            hidden: Signal::derive(move || session.feedback().with(|it| feedback::hidden(it))),
            family: session.family(),
            is_open: Signal::derive(move || session.tab().get() == Tab::Prompt),
        })
    }
}

/// Shows `state`, and asks whether there is a model; `body` is where a reader who skips the head arrives.
#[component]
pub fn PromptView(state: PromptState, body: NodeRef<leptos::html::Div>) -> impl IntoView {
    provide_context(state);
    let language = state.language();
    language.look();
    view! {
        <div class="cards prompt" data-view="" tabindex="-1" node_ref=body>
            <div class="steps">
                <section class="card step" aria-labelledby="prompt-title">
                    <h2 id="prompt-title">{words::TITLE}</h2>
                    <p class="quiet">{words::LEAD}</p>
                    <Measured />
                    <p class="quiet"><a href="results.html#language-model">{words::RESULTS}</a></p>
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
    expect_context()
}
