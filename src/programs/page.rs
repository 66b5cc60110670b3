//! The page with everything about the recommenders on it.

use leptos::prelude::*;

use super::words;
use crate::features::search::{EmbeddingPanel, Search};
use crate::features::{compare, import, inspect, map, measure, prompt, recommend, reranker, talk};
use crate::shell::feature::Feature;
use crate::shell::layout::Layout;
use crate::state::shell::Shell;
use crate::ui::examples::ExamplesMenu;
use crate::ui::shell;

/// Needs a [`Shell`] in its context, which it starts.
#[component]
pub fn Page() -> impl IntoView {
    let shell = shell();
    let features = features(shell);
    shell.start(features.iter().map(Feature::place).collect());
    let engine = || view! { <EmbeddingPanel /> }.into_any();
    view! {
        <Layout features skip=words::SKIP engine>
            <Search><ExamplesMenu /></Search>
        </Layout>
    }
}

fn features(shell: Shell) -> Vec<Feature> {
    let measure = shell.site.manifest().held_out.is_some().then_some(measure::DOOR);
    let elsewhere =
        [talk::DOOR, prompt::DOOR, import::DOOR, reranker::DOOR].into_iter().chain(measure);
    shown(shell).into_iter().chain(elsewhere.map(Feature::elsewhere)).collect()
}

/// What Explore shows itself.
pub(super) fn shown(shell: Shell) -> Vec<Feature> {
    let has_map = shell.site.manifest().map.is_some();
    let map = has_map.then_some(Feature::here(map::DOOR, map::HERE));
    let here = [
        Feature::here(recommend::DOOR, recommend::HERE),
        Feature::here(inspect::DOOR, inspect::HERE),
        Feature::here(compare::DOOR, compare::HERE),
    ];
    here.into_iter().chain(map).collect()
}
