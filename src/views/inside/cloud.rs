//! A model that keeps a reader as a point among directions: pushed along the strongest, the list
//! follows.

mod slider;
mod strip;

use leptos::prelude::*;

use super::moved::MovedFilms;
use super::{Seen, seen};
use crate::engine::protocol::{Inside, Probe};
use crate::families::{Cloud, Direction, Ends};
use crate::session::Moved;
use crate::views::{session, text};

use slider::Slider;
use strip::Strip;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    cloud: Memo<Option<Seen<Cloud>>>,
}

impl Shown {
    fn direction(self, number: u32) -> Option<Direction> {
        self.cloud.with(|it| {
            let mut directions = it.as_ref()?.of.directions.iter();
            directions.find(|it| it.number == number).copied()
        })
    }

    fn ends(self, number: u32) -> Option<Ends> {
        self.cloud.with(|it| it.as_ref()?.of.ends.iter().find(|it| it.direction == number).cloned())
    }

    fn most_bits(self) -> f32 {
        self.cloud.with(|it| {
            it.as_ref().and_then(|it| it.of.directions.first()).map_or(0.0, |it| it.bits)
        })
    }
}

#[component]
pub(super) fn CloudView() -> impl IntoView {
    let cloud = seen(|inside| match inside {
        Inside::Cloud(cloud) => Some(cloud),
        _ => None,
    });
    let shown = Shown { cloud };
    let sliders = Memo::new(move |_| {
        let ends = cloud.with(|it| it.as_ref().map(|it| it.of.ends.clone()));
        ends.unwrap_or_default().into_iter().map(|it| it.direction).collect::<Vec<_>>()
    });
    view! {
        <p class="quiet list-lead">{text::CLOUD_LEAD}</p>
        <div class="inside-columns">
            <div>
                <h3 class="label">{text::CLOUD_STRONGEST}</h3>
                <For each=move || sliders.get() key=|number| *number children=move |number| {
                    view! { <Slider shown number /> }
                } />
                <p class="stated">{text::CLOUD_LEGEND}</p>
            </div>
            <FromThere cloud />
        </div>
        <Strip cloud />
    }
}

/// The list from where the reader was pushed.
#[component]
fn FromThere(cloud: Memo<Option<Seen<Cloud>>>) -> impl IntoView {
    let session = session();
    let moved = Memo::new(move |_| {
        let moved = |it: &Seen<Cloud>| Moved::since(&it.of.before, &it.of.list);
        cloud.with(|it| it.as_ref().map(moved).unwrap_or_default())
    });
    let is_at_home = Memo::new(move |_| session.probe().with(|it| *it == Probe::AsItIs));
    let title = move || if is_at_home.get() { text::CLOUD_YOURS } else { text::CLOUD_FROM_THERE };
    let said = move || moved.with(|it| text::cloud_changes(it.changes));
    view! {
        <div>
            <h3 class="label">{title}</h3>
            <MovedFilms moved />
            <p class="stated" role="status">{said}</p>
            <button
                class="button"
                disabled=is_at_home
                on:click=move |_| session.try_probe(Probe::AsItIs)
            >
                {text::CLOUD_BACK}
            </button>
        </div>
    }
}
