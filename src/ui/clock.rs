//! The page's clock.

use futures::future::FutureExt;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::state::clock::Clock;

/// Milliseconds since the page opened.
pub fn now_millis() -> f64 {
    window().performance().map_or(0.0, |it| it.now())
}

pub fn of_page() -> Clock {
    Clock { now_millis, pause: || TimeoutFuture::new(0).boxed_local() }
}
