//! Numbered steps: a slider with a button on either side, all by keyboard.

use leptos::prelude::*;

const STEP_BACK: &str = "Previous step";
const STEP_ON: &str = "Next step";

/// `step` is kept elsewhere; `go` takes it to another. `name` says what is stepped through, `at` what a step is called.
#[component]
pub fn StepSlider(
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
                aria-label=STEP_BACK
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
                aria-label=STEP_ON
                disabled=move || { last() <= step.get() }
                on:click=move |_| go(step.get() + 1)
            >
                "›"
            </button>
            <output class="stepper-said">{said}</output>
        </div>
    }
}
