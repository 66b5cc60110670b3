//! The page of conversations: talk, prompt and re-ranker. Their states begin when each is first opened, and last as
//! long as the page: what one of them has begun goes on while another is open.

use leptos::prelude::*;

use crate::features::prompt::PromptView;
use crate::features::prompt::state::PromptState;
use crate::features::reranker::RerankerView;
use crate::features::reranker::state::RerankerState;
use crate::features::talk::TalkView;
use crate::features::talk::state::TalkState;
use crate::session::{Session, Tab};
use crate::shell::feature::Feature;
use crate::shell::layout::Layout;
use crate::start;
use crate::state::lasting::Lasting;
use crate::views::text;

/// Needs a [`Session`] in its context.
#[component]
pub fn TalkPage() -> impl IntoView {
    let session = crate::views::session();
    // Whatever part of the site a link names: on this page there is this one.
    Effect::new(move || {
        if !matches!(session.tab().get(), Tab::Talk | Tab::Prompt | Tab::Teach) {
            session.open_tab(Tab::Talk);
        }
    });
    view! { <Layout features=features(session) skip=text::SKIP_TO_TALK /> }
}

fn features(session: Session) -> Vec<Feature> {
    let language = start::language(session);
    let talk = Lasting::new(move || TalkState::of(session, language));
    let prompt = Lasting::new(move || PromptState::of(session, language));
    let reranker = Lasting::new(move || RerankerState::of(session));
    let map = session.has_map().then(|| Feature::elsewhere(Tab::Map, text::TAB_MAP));
    let elsewhere = [
        Feature::elsewhere(Tab::Try, text::TAB_TRY),
        Feature::elsewhere(Tab::Inside, text::TAB_INSIDE),
        Feature::elsewhere(Tab::Compare, text::TAB_COMPARE),
    ];
    let here = [
        Feature::here(Tab::Talk, text::TAB_TALK, move |body| {
            view! { <TalkView state=talk.get() body /> }.into_any()
        }),
        Feature::here(Tab::Prompt, text::TAB_PROMPT, move |body| {
            view! { <PromptView state=prompt.get() body /> }.into_any()
        }),
        Feature::here(Tab::Teach, text::TAB_TEACH, move |body| {
            view! { <RerankerView state=reranker.get() body /> }.into_any()
        }),
    ];
    elsewhere.into_iter().chain(map).chain(here).collect()
}
