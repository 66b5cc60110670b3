//! The conversation beside the steps of its answers.

use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture, ready};
use leptos::prelude::*;

use super::DOOR;
use super::browser_model;
use super::funnel::Funnel;
use super::measured::Figures;
use super::profile::Profile;
use super::seeker::SeekerBox;
use super::state::{Given, Host, TalkState};
use super::transcript::Transcript;
use super::words;
use crate::dialogue::Fitted;
use crate::engine::protocol::EngineError;
use crate::feedback;
use crate::shell::feature::{Body, Here};
use crate::state::encoder::Encoder;
use crate::state::language::Language;
use crate::state::reranker::RerankerStore;
use crate::state::shell::{Lasting, Shell};
use crate::state::site::Site;
use crate::ui::dom_id;
use crate::ui::shell;

/// The page around a conversation.
struct OfPage {
    site: Site,
    has_own_model: bool,
}

impl Host for OfPage {
    fn details(&self) -> LocalBoxFuture<'static, bool> {
        self.site.details_settled().boxed_local()
    }

    fn fitted(&self) -> LocalBoxFuture<'static, Result<Fitted, EngineError>> {
        let site = self.site;
        async move {
            let manifest = site.manifest();
            let file = manifest.dialogue.as_ref().and_then(|it| it.files.get("weights"));
            site.fetch_as("dialogue.json", file, Fitted::from_json).await
        }
        .boxed_local()
    }

    fn has_own_model(&self) -> LocalBoxFuture<'static, bool> {
        if !self.has_own_model {
            return ready(false).boxed_local();
        }
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

impl Lasting for TalkState {
    fn of(shell: Shell) -> Self {
        // The page lends it to its features.
        let language = expect_context::<Language>();
        let host: Rc<dyn Host> =
            Rc::new(OfPage { site: shell.site, has_own_model: shell.has_own_model });
        Self::new(Given {
            host: StoredValue::new_local(host),
            language,
            engine: shell.engine.handle(),
            clock: shell.clock,
            catalogue: StoredValue::new(shell.site.catalogue()),
            history: shell.reader.read_history(),
            hidden: Signal::derive(move || shell.reader.feedback().with(|it| feedback::hidden(it))),
            reranker: shell.get::<RerankerStore>(),
            encoder: shell.get::<Encoder>().name().into(),
        })
    }
}

pub const HERE: Here = Here {
    empty: words::HISTORY_EMPTY,
    ..Here::of(|body| view! { <TalkView body /> }.into_any(), |_| DOOR.title.to_owned())
};

/// Shows the state; `body` is where a reader who skips the head arrives.
#[component]
fn TalkView(body: Body) -> impl IntoView {
    view! {
        <div class="cards talk" data-view="" tabindex="-1" node_ref=body>
            <Transcript />
            <section class="steps" aria-labelledby=dom_id("steps-title")>
                <h2 id=dom_id("steps-title")>{words::STEPS}</h2>
                <p class="quiet">{words::STEPS_LEAD}</p>
                <Funnel />
                <Profile />
                <SeekerBox />
                <Figures />
            </section>
        </div>
    }
}

/// A card with what it is for.
#[component]
pub(super) fn StepBox(
    title: &'static str,
    lead: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <section class="card step">
            <h3>{title}</h3>
            <p class="quiet">{lead}</p>
            {children()}
        </section>
    }
}

/// The state of the conversation that is shown.
pub(super) fn state() -> TalkState {
    shell().get()
}
