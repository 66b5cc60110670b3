//! The page of conversations: what is said, and every step between a message and its answer.

mod boxes;
mod figures;
mod profile;
mod seeker;
mod transcript;

use leptos::prelude::*;

use crate::session::{Notice, Tab, Talking};
use crate::views::app::hide_skeleton;
use crate::views::combobox::Combobox;
use crate::views::engine_notice::EngineNotice;
use crate::views::found::FoundFilms;
use crate::views::header::Header;
use crate::views::history::HistoryStrip;
use crate::views::notices::Notices;
use crate::views::skip::Skip;
use crate::views::tabs::Tabs;
use crate::views::text;
use boxes::{Manager, Ranking, Retrieval};
use figures::Figures;
use profile::Profile;
use seeker::SeekerBox;
use transcript::Transcript;

/// Needs a [`crate::session::Session`] in its context.
#[component]
pub fn TalkPage() -> impl IntoView {
    hide_skeleton();
    let session = super::session();
    provide_context(Talking::new(session));
    // Whatever part of the site a link names: on this page there is this one.
    Effect::new(move || {
        session.tab().track();
        session.open_tab(Tab::Talk);
    });
    let body = NodeRef::<leptos::html::Div>::new();
    view! {
        <Skip body name=text::SKIP_TO_TALK />
        <div class="page">
            <Header />
            <Tabs />
            <main>
                <Notices is_here=|it| !matches!(it, Notice::Unavailable(..)) />
                <HistoryStrip />
                <div class="search">
                    <Combobox />
                </div>
                <FoundFilms />
                <div class="talk" data-view="" tabindex="-1" node_ref=body>
                    <Transcript />
                    <section class="steps" aria-labelledby="steps-title">
                        <h2 id="steps-title">{text::STEPS}</h2>
                        <p class="quiet">{text::STEPS_LEAD}</p>
                        <Manager />
                        <Retrieval />
                        <Ranking />
                        <Profile />
                        <SeekerBox />
                        <Figures />
                    </section>
                </div>
            </main>
            <EngineNotice />
        </div>
    }
}

/// The conversation of this page.
fn talking() -> Talking {
    expect_context()
}
