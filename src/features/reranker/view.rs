//! The card of the re-ranker, part by part.

use leptos::prelude::*;

use super::DOOR;
use super::judging::Judging;
use super::learning::Learning;
use super::marks::Marks;
use super::order::Order;
use super::state::{Given, RerankerState};
use super::words;
use crate::shell::feature::{Body, Here};
use crate::state::chosen::Chosen;
use crate::state::reranker::RerankerStore;
use crate::state::shell::{Lasting, Shell};
use crate::ui::dom_id;
use crate::ui::shell;

impl Lasting for RerankerState {
    fn of(shell: Shell) -> Self {
        Self::new(Given {
            store: shell.get::<RerankerStore>(),
            engine: shell.engine.handle(),
            clock: shell.clock,
            catalogue: StoredValue::new(shell.site.catalogue()),
            history: shell.reader.read_history(),
            feedback: shell.reader.feedback().into(),
            family: shell.get::<Chosen>().family().into(),
        })
    }
}

pub const HERE: Here = Here {
    empty: words::HISTORY_EMPTY,
    ..Here::of(|body| view! { <RerankerView body /> }.into_any(), |_| DOOR.title.to_owned())
};

/// Shows the state; `body` is where a reader who skips the head arrives.
#[component]
fn RerankerView(body: Body) -> impl IntoView {
    view! {
        <div class="cards reranker" data-view="" tabindex="-1" node_ref=body>
            <section class="card" aria-labelledby=dom_id("reranker-title")>
                <div class="card-head"><h2 id=dom_id("reranker-title")>{words::TITLE}</h2></div>
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
    shell().get()
}
