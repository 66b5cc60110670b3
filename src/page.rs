//! The page with everything on it.

use leptos::prelude::*;

use crate::features::inspect::InspectTab;
use crate::features::map::Map;
use crate::session::{Notice, Tab};
use crate::ui::skip::Skip;
use crate::views::announcer::Announcer;
use crate::views::app::hide_skeleton;
use crate::views::combobox::Combobox;
use crate::views::compare::Compare;
use crate::views::engine_notice::EngineNotice;
use crate::views::examples::ExamplesMenu;
use crate::views::families::Families;
use crate::views::found::FoundFilms;
use crate::views::header::Header;
use crate::views::history::HistoryStrip;
use crate::views::list::List;
use crate::views::notices::Notices;
use crate::views::tabs::Tabs;
use crate::views::text;
use crate::views::why::Why;

/// Needs a [`crate::session::Session`] in its context.
#[component]
pub fn Page() -> impl IntoView {
    hide_skeleton();
    let session = crate::views::session();
    let list = NodeRef::<leptos::html::Div>::new();
    view! {
        <Skip body=list name=text::SKIP />
        <div class="page">
            <Header />
            <Tabs />
            <main>
                <Notices is_here=|it| !matches!(it, Notice::Unavailable(..)) />
                <HistoryStrip />
                <div class="search">
                    <Combobox />
                    <ExamplesMenu />
                </div>
                <FoundFilms />
                {move || match session.tab().get() {
                    Tab::Try => view! {
                        <Families />
                        <div class="columns" data-view="" tabindex="-1" node_ref=list>
                            <List />
                            <Why />
                        </div>
                    }
                    .into_any(),
                    Tab::Inside => view! { <InspectTab body=list /> }.into_any(),
                    Tab::Compare => view! { <Compare body=list /> }.into_any(),
                    Tab::Map => view! { <Map body=list /> }.into_any(),
                    // A link to what has a page of its own that came to this one.
                    tab @ (Tab::Talk | Tab::Prompt | Tab::Teach) => view! {
                        <p class="card">
                            <a href=move || session.link_to(tab)>{text::TO_TALK}</a>
                        </p>
                    }
                    .into_any(),
                }}
            </main>
            <EngineNotice />
        </div>
        <Announcer />
    }
}
