//! The offer to run on the graphics device, and what its self-test said.

use leptos::prelude::*;

use super::words;
use crate::engine::protocol::SelfTest;
use crate::state::encoder::Encoder;
use crate::state::engine::WebGpu;
use crate::state::notices::Refusal;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn WebGpuOffer() -> impl IntoView {
    let shell = shell();
    let encoder = shell.get::<Encoder>();
    let offer = move || {
        view! {
            <button class="button" on:click=move |_| shell.engine.offer_webgpu(encoder.name().get_untracked())>{words::WEBGPU_TRY}</button>
        }
    };
    let body = move || {
        match shell.engine.webgpu().get() {
        _ if !shell.has_webgpu => view! { <p class="quiet">{words::WEBGPU_ABSENT}</p> }.into_any(),
        WebGpu::NotTried => {
            view! { <p class="quiet">{words::WEBGPU_OFFER}</p> {offer()} }.into_any()
        }
        WebGpu::Testing => {
            view! { <p class="spin" role="status">{words::WEBGPU_TESTING}</p> }.into_any()
        }
        WebGpu::InUse(test) => view! {
            <p role="status">{words::WEBGPU_IN_USE}</p>
            <Checks test />
            <button class="button" on:click=move |_| shell.engine.leave_webgpu()>{words::WEBGPU_LEAVE}</button>
        }
        .into_any(),
        WebGpu::Refused(Refusal::Differs(test)) => view! { <Checks test /> {offer()} }.into_any(),
        WebGpu::Refused(Refusal::Failed(error)) => {
            view! { <p>{text::error(&error)}</p> {offer()} }.into_any()
        }
    }
    };
    view! {
        <h3 class="label">{words::WEBGPU}</h3>
        {body}
    }
}

#[component]
fn Checks(test: SelfTest) -> impl IntoView {
    let lines = test
        .checks
        .into_iter()
        .map(|check| {
            let said = words::parity(
                &check.model,
                check.top10_shared,
                check.largest_difference,
                check.passed,
            );
            view! { <li>{said}</li> }
        })
        .collect_view();
    view! { <ul class="quiet">{lines}</ul> }
}
