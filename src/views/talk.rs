//! The page of conversations: what is said, and every step between a message and its answer.

mod boxes;
mod figures;
mod head;
mod parts;
mod profile;
mod seeker;
mod transcript;
mod turn;

use leptos::prelude::*;

use crate::session::{Language, Notice, OwnHead, Phrasing, Prompting, Tab, Talking};
use crate::ui::skip::Skip;
use crate::views::app::hide_skeleton;
use crate::views::combobox::Combobox;
use crate::views::engine_notice::EngineNotice;
use crate::views::found::FoundFilms;
use crate::views::header::Header;
use crate::views::history::HistoryStrip;
use crate::views::notices::Notices;
use crate::views::prompt::PromptView;
use crate::views::tabs::Tabs;
use crate::views::text;
use boxes::{Manager, Ranking, Retrieval};
use figures::Figures;
use head::HeadSection;
use profile::Profile;
use seeker::SeekerBox;
use transcript::Transcript;

/// Needs a [`crate::session::Session`] in its context.
#[component]
pub fn TalkPage() -> impl IntoView {
    hide_skeleton();
    let session = super::session();
    let language = Language::new(expect_context(), session.engine_watch());
    let phrasing =
        Phrasing { sentences: text::sentences, facts: |catalogue, film| catalogue.item_text(film) };
    let talking = Talking::new(session, language, phrasing);
    provide_context(talking);
    provide_context(OwnHead::new(session));
    provide_context(language);
    provide_context(Prompting::new(session, language));
    // Whatever part of the site a link names: on this page there is this one.
    Effect::new(move || {
        if !matches!(session.tab().get(), Tab::Talk | Tab::Prompt | Tab::Teach) {
            session.open_tab(Tab::Talk);
        }
    });
    let tab = Memo::new(move |_| session.tab().get());
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
                    {move || match tab.get() {
                        Tab::Prompt => view! { <PromptView /> }.into_any(),
                        Tab::Teach => view! { <HeadSection /> }.into_any(),
                        _ => view! { <Conversation /> }.into_any(),
                    }}
                </div>
            </main>
            <EngineNotice />
        </div>
    }
}

#[component]
fn Conversation() -> impl IntoView {
    view! {
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
    }
}

/// The conversation of this page.
fn talking() -> Talking {
    expect_context()
}
