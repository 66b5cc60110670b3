//! The steps of an inside: kept in the address.

use leptos::prelude::*;

use super::state::inspecting;
use crate::ui::stepper::StepSlider;

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
