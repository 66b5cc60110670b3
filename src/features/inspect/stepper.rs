//! Numbered steps: a slider with a button on either side, all by keyboard.

use leptos::prelude::*;

use super::state::inspecting;
use super::words;

/// `name` says what is stepped through, `at` what a step is called.
#[component]
pub(super) fn Stepper(
    #[prop(into)] n_steps: Signal<usize>,
    name: &'static str,
    at: impl Fn(usize) -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let inspecting = inspecting();
    let step = Memo::new(move |_| inspecting.step_of(n_steps.get()));
    view! { <StepSlider n_steps step go=move |step| inspecting.go_to_step(step) name at /> }
}

/// A slider whose `step` is kept elsewhere; `go` takes it to another.
#[component]
pub(super) fn StepSlider(
    #[prop(into)] n_steps: Signal<usize>,
    step: Memo<usize>,
    go: impl Fn(usize) + Copy + 'static,
    name: &'static str,
    at: impl Fn(usize) -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let last = move || n_steps.get().saturating_sub(1);
    let said = Memo::new(move |_| at(step.get()));
    view! {
        <div class="stepper">
            <button
                class="button"
                aria-label=words::STEP_BACK
                disabled=move || step.get() == 0
                on:click=move |_| go(step.get().saturating_sub(1))
            >
                "‹"
            </button>
            <input
                type="range"
                min="0"
                max=last
                aria-label=name
                aria-valuetext=said
                prop:value=move || step.get().to_string()
                on:input=move |event| {
                    // A range gives numbers; anything else is no step.
                    if let Ok(step) = event_target_value(&event).parse() {
                        go(step);
                    }
                }
            />
            <button
                class="button"
                aria-label=words::STEP_ON
                disabled=move || { last() <= step.get() }
                on:click=move |_| go(step.get() + 1)
            >
                "›"
            </button>
            <output class="stepper-said">{said}</output>
        </div>
    }
}
