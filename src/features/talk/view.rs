//! The conversation beside the steps of its answers.

use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture};
use leptos::prelude::*;

use super::boxes::{Manager, Ranking, Retrieval};
use super::browser_model;
use super::figures::Figures;
use super::profile::Profile;
use super::seeker::SeekerBox;
use super::state::{Given, Host, TalkState};
use super::transcript::Transcript;
use super::words;
use crate::dialogue::Fitted;
use crate::engine::protocol::EngineError;
use crate::feedback;
use crate::session::{Session, opening};
use crate::state::language::Language;
use crate::ui::clock;

/// The page around a conversation.
struct OfPage(Session);

impl Host for OfPage {
    fn details(&self) -> LocalBoxFuture<'static, bool> {
        self.0.details_settled().boxed_local()
    }

    fn fitted(&self) -> LocalBoxFuture<'static, Result<Fitted, EngineError>> {
        let (manifest, watch) = (self.0.manifest(), self.0.engine_watch());
        async move {
            let file = manifest.dialogue.as_ref().and_then(|it| it.files.get("weights"));
            let missing = || EngineError::Unreachable { path: "dialogue.json".to_owned() };
            let file = file.ok_or_else(missing)?;
            let bytes = opening::fetched(file, watch).await?;
            let damaged = |_| EngineError::Damaged { path: file.path.clone() };
            Fitted::from_json(&bytes).map_err(damaged)
        }
        .boxed_local()
    }

    fn has_own_model(&self) -> LocalBoxFuture<'static, bool> {
        browser_model::is_ready().boxed_local()
    }

    fn choose(
        &self,
        context: String,
        sentences: Vec<String>,
        n: usize,
    ) -> LocalBoxFuture<'static, Result<Vec<usize>, EngineError>> {
        async move { browser_model::choose(&context, &sentences, n).await }.boxed_local()
    }
}

impl TalkState {
    /// The state over what `session` holds.
    pub fn of(session: Session, language: Language) -> Self {
        let host: Rc<dyn Host> = Rc::new(OfPage(session));
        Self::new(Given {
            host: StoredValue::new_local(host),
            language,
            engine: session.engine(),
            clock: clock::of_page(),
            catalogue: StoredValue::new(session.catalogue()),
            history: session.read_history(),
            hidden: Signal::derive(move || session.feedback().with(|it| feedback::hidden(it))),
            reranker: session.reranker(),
            encoder: session.encoder(),
        })
    }
}

/// Shows `state`; `body` is where a reader who skips the head arrives.
#[component]
pub fn TalkView(state: TalkState, body: NodeRef<leptos::html::Div>) -> impl IntoView {
    provide_context(state);
    view! {
        <div class="cards talk" data-view="" tabindex="-1" node_ref=body>
            <Transcript />
            <section class="steps" aria-labelledby="steps-title">
                <h2 id="steps-title">{words::STEPS}</h2>
                <p class="quiet">{words::STEPS_LEAD}</p>
                <Manager />
                <Retrieval />
                <Ranking />
                <Profile />
                <SeekerBox />
                <Figures />
            </section>
        </div>
    }
}

/// The state of the conversation that is shown.
pub(super) fn state() -> TalkState {
    expect_context()
}
