//! A part of the site.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;

use crate::session::Tab;

/// Where a reader who skips the head arrives: each feature says which of its elements that is.
pub type Body = NodeRef<Div>;

/// One line of a program's list: a door in the navigation, and what is behind it.
#[derive(Clone)]
pub struct Feature {
    /// By which addresses name it.
    pub tab: Tab,
    pub title: &'static str,
    /// Shows it; nothing for one that another page of the site has.
    pub mount: Option<Arc<dyn Fn(Body) -> AnyView + Send + Sync>>,
}

impl Feature {
    /// One of this page.
    pub fn here(
        tab: Tab,
        title: &'static str,
        mount: impl Fn(Body) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self { tab, title, mount: Some(Arc::new(mount)) }
    }

    /// One of another page: the navigation leads there.
    pub fn elsewhere(tab: Tab, title: &'static str) -> Self {
        Self { tab, title, mount: None }
    }
}
