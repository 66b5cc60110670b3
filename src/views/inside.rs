//! How the chosen family arrives at its list, in its own terms: one native view per family.

mod cloud;
mod denoising;
mod duel;
mod fading;
mod filling;
mod films;
mod helped;
mod moved;
mod next;
mod positions;
mod stepper;
mod sums;
mod walk;
mod weights;

use std::mem;

use leptos::html::Div;
use leptos::prelude::*;

use crate::engine::protocol::Inside;
use crate::families;
use crate::history::History;
use crate::views::examples::ExampleCards;
use crate::views::families::{Families, kind_class};
use crate::views::problem::Problem;
use crate::views::text;

use cloud::CloudView;
use denoising::DenoisingView;
use duel::DuelView;
use fading::FadingView;
use filling::FillingView;
use positions::PositionsView;
use sums::SumsView;
use walk::WalkView;

/// What a family shows, and the picks it read for it, oldest first.
#[derive(Clone, Debug, PartialEq)]
struct Seen<T> {
    picks: History,
    of: T,
}

/// What the family shows, for the view that knows how to `read` it. Keeps the last one while another
/// family's answer takes its place: the view is about to go.
fn seen<T>(read: fn(&Inside) -> Option<&T>) -> Memo<Option<Seen<T>>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let session = super::session();
    let manifest = session.manifest();
    Memo::new(move |before: Option<&Option<Seen<T>>>| {
        let now = session.looked().with(|it| {
            let it = it?;
            let of = read(&it.answer.inside)?.clone();
            let entry = manifest.family(&it.question.family.0);
            let n_read = entry.map_or(usize::MAX, |entry| entry.max_history);
            Some(Seen { picks: it.question.history.newest(n_read), of })
        });
        now.or_else(|| before.cloned().flatten())
    })
}

/// `body` is where a reader who skips the head arrives.
#[component]
pub(crate) fn InsideTab(body: NodeRef<Div>) -> impl IntoView {
    let session = super::session();
    let is_empty = Memo::new(move |_| session.read_history().with(|it| it.is_empty()));
    let class = move || {
        let kind = session.card().map_or("", |card| kind_class(card.kind));
        let state = if session.looked().is_stale() { "is-stale" } else { "" };
        format!("card inside {kind} {state}")
    };
    let is_busy = move || if session.looked().is_waiting() { "true" } else { "false" };
    view! {
        <Families />
        <div tabindex="-1" node_ref=body>
            <section data-view="" class=class aria-labelledby="inside-title" aria-busy=is_busy>
                {move || if is_empty.get() {
                    view! { <Welcome /> }.into_any()
                } else {
                    view! { <Look /> }.into_any()
                }}
            </section>
        </div>
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <h2 id="inside-title">{text::WELCOME}</h2>
        <p class="quiet list-lead">{text::INSIDE_EMPTY}</p>
        <div class="examples is-wide"><ExampleCards /></div>
    }
}

#[component]
fn Look() -> impl IntoView {
    let session = super::session();
    let looked = session.looked();
    let title = move || session.card().map(|card| text::inside_title(card.title));
    let failure = move || {
        let error = session.shown_failure(looked)?;
        Some(view! { <Problem error on_retry=move || looked.retry() /> })
    };
    let nothing_yet = move || {
        let is_first = looked.is_waiting() && looked.with(|it| it.is_none());
        is_first.then(|| view! { <p class="quiet spin" role="status">{text::INSIDE_WAITING}</p> })
    };
    let cost = move || {
        let looked = looked.get()?;
        let card = families::find(&looked.question.family).map(|it| &it.card)?;
        Some(text::inside_cost(card.title, looked.answer.cost))
    };
    view! {
        <h2 id="inside-title">{title}</h2>
        {failure}
        {nothing_yet}
        <Native />
        <p class="stated">{cost}</p>
    }
}

/// The view of whatever is shown. It stays in place while the numbers in it change.
#[component]
fn Native() -> impl IntoView {
    let session = super::session();
    let kind = Memo::new(move |_| {
        session.looked().with(|it| it.map(|it| mem::discriminant(&it.answer.inside)))
    });
    move || {
        kind.get()?;
        let looked = session.looked().good_untracked()?;
        Some(match looked.answer.inside {
            Inside::Positions(_) => view! { <PositionsView /> }.into_any(),
            Inside::Sums(_) => view! { <SumsView /> }.into_any(),
            Inside::Cloud(_) => view! { <CloudView /> }.into_any(),
            Inside::Denoising(_) => view! { <DenoisingView /> }.into_any(),
            Inside::Fading(_) => view! { <FadingView /> }.into_any(),
            Inside::Filling(_) => view! { <FillingView /> }.into_any(),
            Inside::Walk(_) => view! { <WalkView /> }.into_any(),
            Inside::Duel(_) => view! { <DuelView /> }.into_any(),
        })
    }
}
