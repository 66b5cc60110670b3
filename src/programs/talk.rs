//! The page of conversations, of the reader's own films and of measurements. The states of its features begin when each
//! is first opened, and last as long as the page: what one of them has begun goes on while another is open.

use leptos::prelude::*;

use super::words;
use crate::features::search::{EmbeddingPanel, Search};
use crate::features::{compare, import, inspect, map, measure, prompt, recommend, reranker, talk};
use crate::shell::feature::Feature;
use crate::shell::layout::Layout;
use crate::start;
use crate::state::shell::Shell;
use crate::ui::shell;

/// Needs a [`Shell`] in its context, which it starts.
#[component]
pub fn TalkPage() -> impl IntoView {
    let shell = shell();
    // Whoever mounts it may lend it one.
    let language = use_context().unwrap_or_else(|| start::language(shell));
    provide_context(language);
    let features = features(shell);
    shell.start(features.iter().map(Feature::place).collect());
    let here: Vec<_> =
        features.iter().filter(|it| it.here.is_some()).map(|it| it.door.id).collect();
    let here = StoredValue::new(here);
    let is_here = move || here.with_value(|it| it.contains(&shell.address.open_feature().get()));
    // Whatever part of the site a link names: on this page there are these.
    if !untrack(is_here) {
        shell.address.open(talk::DOOR.id);
    }
    Effect::new(move || {
        if !is_here() {
            shell.address.open(talk::DOOR.id);
        }
    });
    let engine = || view! { <EmbeddingPanel /> }.into_any();
    view! { <Layout features skip=words::SKIP_TO_TALK engine><Search /></Layout> }
}

fn features(shell: Shell) -> Vec<Feature> {
    let map = shell.site.manifest().map.is_some().then_some(map::DOOR);
    let elsewhere = [recommend::DOOR, inspect::DOOR, compare::DOOR].into_iter().chain(map);
    let here = [
        Feature::here(talk::DOOR, talk::HERE),
        Feature::here(prompt::DOOR, prompt::HERE),
        Feature::here(import::DOOR, import::HERE),
        Feature::here(reranker::DOOR, reranker::HERE),
    ];
    let has_users = shell.site.manifest().held_out.is_some();
    let measure = has_users.then_some(Feature::here(measure::DOOR, measure::HERE));
    elsewhere.map(Feature::elsewhere).chain(here).chain(measure).collect()
}
