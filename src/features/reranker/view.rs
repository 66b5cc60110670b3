//! The card of the re-ranker, part by part.

use leptos::prelude::*;

use super::judging::Judging;
use super::learning::Learning;
use super::marks::Marks;
use super::order::Order;
use super::state::{Given, RerankerState};
use super::words;
use crate::session::Session;
use crate::ui::clock;

impl RerankerState {
    /// The state over what `session` holds.
    pub fn of(session: Session) -> Self {
        Self::new(Given {
            store: session.reranker(),
            engine: session.engine(),
            clock: clock::of_page(),
            catalogue: StoredValue::new(session.catalogue()),
            history: session.read_history(),
            feedback: session.feedback(),
            family: session.family(),
        })
    }
}

/// Shows `state`; `body` is where a reader who skips the head arrives.
#[component]
pub fn RerankerView(state: RerankerState, body: NodeRef<leptos::html::Div>) -> impl IntoView {
    provide_context(state);
    view! {
        <div class="cards reranker" data-view="" tabindex="-1" node_ref=body>
            <section class="card" aria-labelledby="reranker-title">
                <div class="card-head"><h2 id="reranker-title">{words::TITLE}</h2></div>
                <p class="quiet">{words::LEAD}</p>
                <div class="reranker-parts">
                    <div>
                        <Judging />
                        <Marks />
                    </div>
                    <div>
                        <Learning />
                    </div>
                </div>
                <Order />
            </section>
        </div>
    }
}

/// The state of the re-ranker that is shown.
pub(super) fn state() -> RerankerState {
    expect_context()
}
