//! One direction: what its ends are about, where the reader stands on it, and a push along it.

use leptos::prelude::*;

use super::{Shown, words};
use crate::families::mult_vae::{FARTHEST, Shift};
use crate::features::inspect::state::inspecting;
use crate::plot;
use crate::views::{session, text};

#[component]
pub(super) fn Slider(shown: Shown, number: u32) -> impl IntoView {
    let (session, inspecting) = (session(), inspecting());
    let direction = Memo::new(move |_| shown.direction(number));
    let ends = Memo::new(move |_| shown.ends(number));
    let pushed = Memo::new(move |_| inspecting.probe::<Shift>().of(number));
    let low = move || ends.get().map(|it| text::titles(&session.catalogue(), &it.low).join(" · "));
    let high =
        move || ends.get().map(|it| text::titles(&session.catalogue(), &it.high).join(" · "));
    let said = move || words::pushed(pushed.get());
    let aloud = move || {
        let ends = ends.get()?;
        Some(words::pushed_aloud(&session.catalogue(), pushed.get(), &ends.low, &ends.high))
    };
    let place = move || direction.get().map(|it| words::place_on(it.mean, it.deviation));
    view! {
        <div class="direction">
            <p class="direction-head">
                <span class="direction-name">{words::direction(number)}</span>
                <span class="direction-place">{place}</span>
                <Bits shown number />
            </p>
            <div class="direction-slide">
                <input
                    type="range"
                    min=-FARTHEST
                    max=FARTHEST
                    step="0.25"
                    aria-label=words::direction(number)
                    aria-valuetext=aloud
                    prop:value=move || pushed.get().to_string()
                    on:input=move |event| {
                        // A range gives numbers; anything else is no push.
                        if let Ok(by) = event_target_value(&event).parse() {
                            inspecting.try_probe(&inspecting.probe_untracked::<Shift>().with(number, by));
                        }
                    }
                />
                <output class="number" translate="no">{said}</output>
                <Scale shown number />
            </div>
            <div class="direction-ends">
                <span>"←\u{a0}"{low}</span>
                <span>{high}"\u{a0}→"</span>
            </div>
        </div>
    }
}

/// How much the direction holds of the reader.
#[component]
fn Bits(shown: Shown, number: u32) -> impl IntoView {
    let bits = Memo::new(move |_| shown.direction(number).map_or(0.0, |it| it.bits));
    let length = move || format!("{:.1}%", plot::bar_percent(bits.get(), shown.most_bits()));
    view! {
        <span class="direction-bits">
            <span class="bar" aria-hidden="true">
                <span class="bar-fill" style:width=length></span>
            </span>
            <span class="number" translate="no">{move || words::bits(bits.get())}</span>
        </span>
    }
}

/// Under the slider: the reader in the middle with the model's doubt about them, and the prior.
#[component]
fn Scale(shown: Shown, number: u32) -> impl IntoView {
    let direction = Memo::new(move |_| shown.direction(number));
    let at = |value: f32| format!("{:.1}%", plot::scale_percent(value, FARTHEST));
    let doubt = move || direction.get().map_or(0.0, |it| it.deviation);
    let from = move || at(-doubt());
    let until = move || format!("{:.1}%", 100.0 - plot::scale_percent(doubt(), FARTHEST));
    let prior = move || at(direction.get().map_or(0.0, |it| -it.mean));
    view! {
        <span class="slide-scale" aria-hidden="true">
            <span class="slide-doubt" style:left=from style:right=until></span>
            <span class="slide-you"></span>
            <span class="slide-prior" style:left=prior></span>
        </span>
    }
}
