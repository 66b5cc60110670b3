//! A page of the site: what is around its features, and the one that is open.

use leptos::prelude::*;

use super::announcer::Announcer;
use super::engine_notice::EngineNotice;
use super::feature::{Body, Feature};
use super::header::Header;
use super::navigation::Navigation;
use super::strip::HistoryStrip;
use super::words;
use crate::state::notices::Notice;
use crate::state::router::FeatureId;
use crate::state::shell::Shell;
use crate::ui::acts::PAGE;
use crate::ui::dom_id;
use crate::ui::notices::Notices;
use crate::ui::shell;
use crate::ui::skip::Skip;

/// The features of this page, for what is around them. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Features(StoredValue<Vec<Feature>>);

impl Features {
    pub(super) fn all(self) -> Vec<Feature> {
        self.0.get_value()
    }

    pub(super) fn find(self, id: FeatureId) -> Option<Feature> {
        self.0.with_value(|all| all.iter().find(|it| it.door.id == id).copied())
    }

    /// The one that is open, tracked.
    pub(super) fn open(self, shell: Shell) -> Option<Feature> {
        self.find(shell.address.open_feature().get())
    }
}

/// Shows that of `features` which is open. `skip` names the way past the head; the children are the search, `engine` is
/// beside what is said of the engine.
#[component]
pub fn Layout(
    features: Vec<Feature>,
    skip: &'static str,
    engine: fn() -> AnyView,
    children: Children,
) -> impl IntoView {
    let shell = shell();
    let features = StoredValue::new(features);
    provide_context(Features(features));
    let body = Body::new();
    let open = Memo::new(move |_| shell.address.open_feature().get());
    let mounted =
        move || {
            let feature = Features(features).find(open.get())?;
            Some(feature.here.map_or_else(
                || view! { <Elsewhere feature /> }.into_any(),
                |here| (here.mount)(body),
            ))
        };
    view! {
        <Skip body name=skip />
        <Header />
        <div class="page" id=dom_id(PAGE)>
            <main>
                <Navigation />
                <Notices is_here=|it| !matches!(it, Notice::Unavailable(..)) />
                <HistoryStrip />
                {children()}
                {mounted}
            </main>
            <EngineNotice beside=engine />
        </div>
        <Announcer />
    }
}

/// A link to a part of another page that came to this one.
#[component]
fn Elsewhere(feature: Feature) -> impl IntoView {
    let shell = shell();
    view! {
        <p class="card">
            <a href=move || shell.address.link_to(shell, feature.door)>{words::TO_TALK}</a>
        </p>
    }
}
