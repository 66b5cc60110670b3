//! One dimension: what its ends are about, where the reader stands on it, and a push along it.

use leptos::prelude::*;

use super::Shown;
use crate::families::mult_vae::{FARTHEST, Shift};
use crate::features::inspect::mult_vae::words;
use crate::features::inspect::state::inspecting;
use crate::plot;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Slider(shown: Shown, number: u32) -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let dimension = Memo::new(move |_| shown.dimension(number));
    let ends = Memo::new(move |_| shown.ends(number));
    let pushed = Memo::new(move |_| inspecting.probe::<Shift>().of(number));
    let low =
        move || ends.get().map(|it| text::titles(&shell.site.catalogue(), &it.low).join(" · "));
    let high =
        move || ends.get().map(|it| text::titles(&shell.site.catalogue(), &it.high).join(" · "));
    let said = move || words::pushed(pushed.get());
    let aloud = move || {
        let ends = ends.get()?;
        Some(words::pushed_aloud(&shell.site.catalogue(), pushed.get(), &ends.low, &ends.high))
    };
    let place = move || dimension.get().map(|it| words::place_on(it.mean, it.deviation));
    view! {
        <div class="dimension">
            <p class="dimension-head">
                <span class="dimension-name">{words::dimension(number)}</span>
                <span class="dimension-place">{place}</span>
                <Bits shown number />
            </p>
            <div class="dimension-slide">
                <input
                    type="range"
                    min=-FARTHEST
                    max=FARTHEST
                    step="0.25"
                    aria-label=words::dimension(number)
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
            <div class="dimension-ends">
                <span>"←\u{a0}"{low}</span>
                <span>{high}"\u{a0}→"</span>
            </div>
        </div>
    }
}

/// How much the dimension holds of the reader.
#[component]
fn Bits(shown: Shown, number: u32) -> impl IntoView {
    let bits = Memo::new(move |_| shown.dimension(number).map_or(0.0, |it| it.bits));
    let length = move || format!("{:.1}%", plot::bar_percent(bits.get(), shown.most_bits()));
    view! {
        <span class="dimension-bits">
            <span class="bar" aria-hidden="true">
                <span class="bar-fill" style:width=length></span>
            </span>
            <span class="number" translate="no">{move || words::bits(bits.get())}</span>
        </span>
    }
}

/// Under the slider: the reader in the middle with its standard deviation, and the prior.
#[component]
fn Scale(shown: Shown, number: u32) -> impl IntoView {
    let dimension = Memo::new(move |_| shown.dimension(number));
    let at = |value: f32| format!("{:.1}%", plot::scale_percent(value, FARTHEST));
    let deviation = move || dimension.get().map_or(0.0, |it| it.deviation);
    let from = move || at(-deviation());
    let until = move || format!("{:.1}%", 100.0 - plot::scale_percent(deviation(), FARTHEST));
    let prior = move || at(dimension.get().map_or(0.0, |it| -it.mean));
    view! {
        <span class="slide-scale" aria-hidden="true">
            <span class="slide-deviation" style:left=from style:right=until></span>
            <span class="slide-you"></span>
            <span class="slide-prior" style:left=prior></span>
        </span>
    }
}
