//! The page with everything about the recommenders on it.

use leptos::prelude::*;

use crate::features::inspect::InspectTab;
use crate::features::map::Map;
use crate::session::{Session, Tab};
use crate::shell::feature::{Body, Feature};
use crate::shell::layout::Layout;
use crate::views::announcer::Announcer;
use crate::views::compare::Compare;
use crate::views::examples::ExamplesMenu;
use crate::views::families::Families;
use crate::views::list::List;
use crate::views::text;
use crate::views::why::Why;

/// Needs a [`Session`] in its context.
#[component]
pub fn Page() -> impl IntoView {
    let features = features(crate::views::session());
    view! {
        <Layout features skip=text::SKIP><ExamplesMenu /></Layout>
        <Announcer />
    }
}

fn features(session: Session) -> Vec<Feature> {
    let map = |body| view! { <Map body /> }.into_any();
    let map = session.has_map().then(|| Feature::here(Tab::Map, text::TAB_MAP, map));
    let here = [
        Feature::here(Tab::Try, text::TAB_TRY, recommend),
        Feature::here(Tab::Inside, text::TAB_INSIDE, |body| {
            view! { <InspectTab body /> }.into_any()
        }),
        Feature::here(Tab::Compare, text::TAB_COMPARE, |body| {
            view! { <Compare body /> }.into_any()
        }),
    ];
    let elsewhere = [
        Feature::elsewhere(Tab::Talk, text::TAB_TALK),
        Feature::elsewhere(Tab::Prompt, text::TAB_PROMPT),
        Feature::elsewhere(Tab::Teach, text::TAB_TEACH),
    ];
    here.into_iter().chain(map).chain(elsewhere).collect()
}

/// One family's list, and why it is so.
fn recommend(body: Body) -> AnyView {
    view! {
        <Families />
        <div class="columns" data-view="" tabindex="-1" node_ref=body>
            <List />
            <Why />
        </div>
    }
    .into_any()
}
