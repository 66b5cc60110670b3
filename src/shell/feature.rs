//! A part of the site.

use std::rc::Rc;

use leptos::html::Div;
use leptos::prelude::*;

use crate::state::router::{AddressPart, Door, Place};
use crate::state::shell::Shell;
use crate::ui::news::news_of_list;
use crate::ui::table::Table;

/// Where a reader who skips the head arrives: each feature says which of its elements that is.
pub type Body = NodeRef<Div>;

/// One line of a program's list: a door in the navigation, and what is behind it.
#[derive(Clone, Copy)]
pub struct Feature {
    pub door: Door,
    /// Nothing for one that another page of the site has.
    pub here: Option<Here>,
}

/// What is behind a door of this page.
#[derive(Clone, Copy)]
pub struct Here {
    /// Shows it.
    pub mount: fn(Body) -> AnyView,
    /// Shows its figure alone, where it has one that can stand by itself.
    pub figure: Option<fn() -> AnyView>,
    /// Its part of the address.
    pub part: Option<fn(Shell) -> Rc<dyn AddressPart>>,
    /// What it is called while it is open, tracked.
    pub heading: fn(Shell) -> String,
    /// What the history strip says without a film.
    pub empty: &'static str,
    /// What is said aloud when it changes, tracked.
    pub news: fn(Shell) -> Option<String>,
    /// Its numbers as tables.
    pub tables: fn(Shell) -> Vec<Table>,
}

impl Here {
    /// A feature that writes no address, is called as its door, and gives no tables.
    pub const fn of(mount: fn(Body) -> AnyView, heading: fn(Shell) -> String) -> Self {
        Self {
            mount,
            figure: None,
            part: None,
            heading,
            empty: crate::ui::words::HISTORY_EMPTY,
            news: news_of_list,
            tables: |_| Vec::new(),
        }
    }
}

impl Feature {
    /// One of this page.
    pub const fn here(door: Door, here: Here) -> Self {
        Self { door, here: Some(here) }
    }

    /// One of another page: the navigation leads there.
    pub const fn elsewhere(door: Door) -> Self {
        Self { door, here: None }
    }

    /// As the address knows it.
    pub fn place(&self) -> Place {
        Place { door: self.door, part: self.here.and_then(|it| it.part) }
    }
}
