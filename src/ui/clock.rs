//! The page's clock.

use futures::future::FutureExt;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::state::clock::Clock;

/// Milliseconds since the page opened.
pub fn now_millis() -> f64 {
    window().performance().map_or(0.0, |it| it.now())
}

/// Year, month and day, where the reader is.
pub fn today() -> [u16; 3] {
    let now = js_sys::Date::new_0();
    [now.get_full_year() as u16, now.get_month() as u16 + 1, now.get_date() as u16]
}

pub fn of_page() -> Clock {
    Clock { now_millis, pause: || TimeoutFuture::new(0).boxed_local() }
}
