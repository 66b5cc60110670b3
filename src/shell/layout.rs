//! A page of the site: what is around its features, and the one that is open.

use leptos::prelude::*;

use super::feature::{Body, Feature};
use super::navigation::Navigation;
use crate::session::{Notice, Tab};
use crate::ui::skip::Skip;
use crate::views::app::hide_skeleton;
use crate::views::combobox::Combobox;
use crate::views::engine_notice::EngineNotice;
use crate::views::found::FoundFilms;
use crate::views::header::Header;
use crate::views::history::HistoryStrip;
use crate::views::notices::Notices;
use crate::views::text;

/// Shows that of `features` which is open. `skip` names the way past the head; the children are beside the search.
///
/// Needs a [`crate::session::Session`] in its context.
#[component]
pub fn Layout(
    features: Vec<Feature>,
    skip: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    hide_skeleton();
    let session = crate::views::session();
    let features = StoredValue::new(features);
    let tab = Memo::new(move |_| session.tab().get());
    let body = Body::new();
    let open = move || {
        let tab = tab.get();
        let mount = features.with_value(|all| all.iter().find(|it| it.tab == tab)?.mount.clone());
        mount.map_or_else(|| view! { <Elsewhere tab /> }.into_any(), |mount| mount(body))
    };
    view! {
        <Skip body name=skip />
        <div class="page">
            <Header />
            <Navigation features />
            <main>
                <Notices is_here=|it| !matches!(it, Notice::Unavailable(..)) />
                <HistoryStrip />
                <div class="search">
                    <Combobox />
                    {children.map(|children| children())}
                </div>
                <FoundFilms />
                {open}
            </main>
            <EngineNotice />
        </div>
    }
}

/// A link to a part of another page that came to this one.
#[component]
fn Elsewhere(tab: Tab) -> impl IntoView {
    let session = crate::views::session();
    view! {
        <p class="card">
            <a href=move || session.link_to(tab)>{text::TO_TALK}</a>
        </p>
    }
}
