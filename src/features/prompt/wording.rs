//! What the model is told, word for word, for the reader to change.

use leptos::prelude::*;

use super::view::state;
use super::words;
use crate::families::{self, FamilyName};
use crate::state::chosen::Chosen;
use crate::ui::dom_id;
use crate::ui::shell;

const N_CANDIDATES: [usize; 3] = [10, 20, 50];
const N_ORDERS: [usize; 4] = [0, 1, 3, 6];
const CALIBRATIONS: [f32; 3] = [0.0, 0.5, 1.0];

#[component]
pub(super) fn WordingCard() -> impl IntoView {
    let state = state();
    let is_shown = move || state.language().model().is_some();
    view! {
        <Show when=is_shown>
            <section class="card step" aria-labelledby=dom_id("wording-title")>
                <div class="card-head">
                    <h3 id=dom_id("wording-title")>{words::WORDING}</h3>
                    <Show when=move || state.is_edited()>
                        <button class="button is-bare" on:click=move |_| state.reset()>
                            {words::WORDING_RESET}
                        </button>
                    </Show>
                </div>
                <p class="quiet">{words::WORDING_LEAD}</p>
                <Settings />
                <Texts />
            </section>
        </Show>
    }
}

#[component]
fn Settings() -> impl IntoView {
    let state = state();
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let settings = state.settings();
    let families = families::shipped(&shell.site.manifest())
        .map(|it| {
            view! {
                <option
                    value=it.card.name
                    prop:selected=move || chosen.family().with(|family| family.0 == it.card.name)
                >
                    {it.card.title}
                </option>
            }
        })
        .collect_view();
    let n_candidates = N_CANDIDATES
        .map(|n| view! {
            <option value=n.to_string() prop:selected=move || settings.get().n_candidates == n>{n.to_string()}</option>
        });
    let n_orders = N_ORDERS
        .map(|n| view! {
            <option value=n.to_string() prop:selected=move || settings.get().n_orders == n>{words::orders(n)}</option>
        });
    let calibrations = CALIBRATIONS.map(|share| {
        view! {
            <option
                value=share.to_string()
                prop:selected=move || (settings.get().calibration - share).abs() < 0.01
            >
                {words::calibration(share)}
            </option>
        }
    });
    let has_tuned = move || state.language().model().is_some_and(|it| it.weights.tuned);
    view! {
        <div class="settings">
            <label for=dom_id("prompt-family")>{words::CANDIDATES_OF}</label>
            <select
                id=dom_id("prompt-family")
                on:change=move |event| chosen.choose_family(FamilyName(event_target_value(&event)))
            >
                {families}
            </select>
            <label for=dom_id("n-candidates")>{words::N_CANDIDATES}</label>
            <select
                id=dom_id("n-candidates")
                on:change=move |event| if let Ok(n) = event_target_value(&event).parse() {
                    state.set(|it| it.n_candidates = n);
                }
            >
                {n_candidates.into_iter().collect_view()}
            </select>
            <Show when=has_tuned>
                <label for=dom_id("model-form")>{words::MODEL_FORM}</label>
                <select
                    id=dom_id("model-form")
                    on:change=move |event| state.choose_form(event_target_value(&event) == "tuned")
                >
                    {[false, true].map(|is_adapted| view! {
                        <option
                            value=if is_adapted { "tuned" } else { "plain" }
                            prop:selected=move || settings.get().is_adapted == is_adapted
                        >
                            {words::model_form(is_adapted)}
                        </option>
                    }).into_iter().collect_view()}
                </select>
            </Show>
            <label for=dom_id("calibration")>{words::CALIBRATION}</label>
            <select
                id=dom_id("calibration")
                on:change=move |event| if let Ok(share) = event_target_value(&event).parse() {
                    state.set(|it| it.calibration = share);
                }
            >
                {calibrations.into_iter().collect_view()}
            </select>
            <label for=dom_id("n-orders")>{words::ORDERS}</label>
            <select
                id=dom_id("n-orders")
                on:change=move |event| if let Ok(n) = event_target_value(&event).parse() {
                    state.set(|it| it.n_orders = n);
                }
            >
                {n_orders.into_iter().collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Texts() -> impl IntoView {
    let state = state();
    let prompt = state.prompt();
    view! {
        <label class="label" for=dom_id("with-history")>{words::WITH_HISTORY}</label>
        <textarea
            id=dom_id("with-history")
            class="verbatim"
            rows="9"
            spellcheck="false"
            prop:value=move || prompt.with(|it| it.with_history.clone())
            on:input=move |event| state.edit(|it| it.with_history = event_target_value(&event))
        ></textarea>
        <label class="label" for=dom_id("without-history")>{words::WITHOUT_HISTORY}</label>
        <textarea
            id=dom_id("without-history")
            class="verbatim"
            rows="2"
            spellcheck="false"
            prop:value=move || prompt.with(|it| it.without_history.clone())
            on:input=move |event| state.edit(|it| it.without_history = event_target_value(&event))
        ></textarea>
    }
}
