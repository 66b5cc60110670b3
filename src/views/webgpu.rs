//! The offer to run on the graphics device, and what its self-test said.

use leptos::prelude::*;

use crate::engine::protocol::SelfTest;
use crate::session::{Refusal, WebGpu};
use crate::views::text;

#[component]
pub(super) fn WebGpuOffer() -> impl IntoView {
    let session = super::session();
    let has_webgpu = js_sys::Reflect::get(&window().navigator(), &"gpu".into())
        .is_ok_and(|gpu| !gpu.is_undefined());
    let offer = move || {
        view! {
            <button class="button" on:click=move |_| session.offer_webgpu()>{text::WEBGPU_TRY}</button>
        }
    };
    let body = move || {
        match session.webgpu().get() {
        _ if !has_webgpu => view! { <p class="quiet">{text::WEBGPU_ABSENT}</p> }.into_any(),
        WebGpu::NotTried => {
            view! { <p class="quiet">{text::WEBGPU_OFFER}</p> {offer()} }.into_any()
        }
        WebGpu::Testing => {
            view! { <p class="spin" role="status">{text::WEBGPU_TESTING}</p> }.into_any()
        }
        WebGpu::InUse(test) => view! {
            <p role="status">{text::WEBGPU_IN_USE}</p>
            <Checks test />
            <button class="button" on:click=move |_| session.leave_webgpu()>{text::WEBGPU_LEAVE}</button>
        }
        .into_any(),
        WebGpu::Refused(Refusal::Differs(test)) => view! { <Checks test /> {offer()} }.into_any(),
        WebGpu::Refused(Refusal::Failed(error)) => {
            view! { <p>{text::error(&error)}</p> {offer()} }.into_any()
        }
    }
    };
    view! {
        <h3 class="label">{text::WEBGPU}</h3>
        {body}
    }
}

#[component]
fn Checks(test: SelfTest) -> impl IntoView {
    let lines = test
        .checks
        .into_iter()
        .map(|check| {
            let said = text::parity(
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
