//! The page: one component per file. Views read signals and call verbs; they compute nothing.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

mod acts;
mod announcer;
mod app;
mod attention;
mod combobox;
mod compare;
mod counterfactual;
mod embedding;
mod encoder_choice;
mod engine_notice;
mod examples;
mod export;
mod families;
mod files;
mod film_facts;
mod found;
mod glide;
mod header;
mod hidden;
mod history;
mod in_order;
mod influence;
mod inside;
mod list;
mod map;
mod mark;
mod matched;
mod notices;
mod options;
mod page;
mod pick;
mod problem;
mod prompt;
mod rec;
mod tabs;
mod take_away;
mod talk;
mod text;
mod truth;
mod webgpu;
mod why;

use leptos::prelude::*;

use crate::session::Session;

pub use app::App;
pub use page::Page;
pub use talk::TalkPage;

/// The session of this page.
fn session() -> Session {
    expect_context()
}
