//! The page: one component per file. Views read signals and call verbs; they compute nothing.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub(crate) mod acts;
pub(crate) mod announcer;
pub(crate) mod app;
mod attention;
pub(crate) mod combobox;
pub(crate) mod compare;
mod counterfactual;
mod embedding;
mod encoder_choice;
pub(crate) mod engine_notice;
pub(crate) mod examples;
mod export;
pub(crate) mod families;
mod files;
pub(crate) mod film_facts;
pub(crate) mod found;
mod glide;
pub(crate) mod header;
pub(crate) mod hidden;
pub(crate) mod history;
pub(crate) mod in_order;
mod influence;
pub(crate) mod list;
pub(crate) mod mark;
pub(crate) mod matched;
pub(crate) mod notices;
mod options;
mod pick;
pub(crate) mod problem;
mod rec;
mod take_away;
pub(crate) mod text;
mod truth;
mod webgpu;
pub(crate) mod why;

use leptos::prelude::*;

use crate::session::Session;

pub use app::App;

/// The session of this page.
pub(crate) fn session() -> Session {
    expect_context()
}
