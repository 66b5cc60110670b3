//! Encoder and prediction head: mark films, train, see whether it helps, switch it on.

mod judging;
mod learning;
mod marks;
mod order;

use leptos::prelude::*;

use crate::session::OwnHead;
use crate::views::text;
use judging::Judging;
use learning::Learning;
use marks::Marks;
use order::Order;

/// Needs an [`OwnHead`] in its context.
#[component]
pub(super) fn HeadSection() -> impl IntoView {
    view! {
        <section class="card own-head" aria-labelledby="head-title">
            <div class="card-head"><h2 id="head-title">{text::HEAD}</h2></div>
            <p class="quiet">{text::HEAD_LEAD}</p>
            <div class="own-head-parts">
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
    }
}

/// The reader's head.
fn own_head() -> OwnHead {
    expect_context()
}
