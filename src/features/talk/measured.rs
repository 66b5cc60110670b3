//! How often conversations find the film that a person recommended, with each step that joins in.

use leptos::prelude::*;

use super::view::{StepBox, state};
use super::words;
use crate::dialogue::{Measured, MeasuredStep};

#[component]
pub(super) fn Figures() -> impl IntoView {
    let fitted = state().fitted();
    view! {
        <StepBox title=words::FIGURES lead=words::FIGURES_LEAD>
            {move || match fitted.get() {
                None => view! { <p class="quiet" role="status">{words::FIGURES_COMING}</p> }.into_any(),
                Some(Ok(fitted)) => view! { <FigureTable measured=fitted.results.clone() /> }.into_any(),
                Some(Err(error)) => {
                    view! { <p class="note" role="alert">{words::without_weights(&error)}</p> }.into_any()
                }
            }}
        </StepBox>
    }
}

#[component]
fn FigureTable(measured: Measured) -> impl IntoView {
    let heads = words::FIGURE_HEADS.map(|head| view! { <th scope="col">{head}</th> });
    let asked = words::figures_asked(&measured);
    let rows = measured.steps.into_iter().map(|step| view! { <FigureRow step /> }).collect_view();
    view! {
        <p>{asked}</p>
        <div class="scroller" tabindex="0" role="group" aria-label=words::FIGURES>
            <table class="figures">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="quiet">{words::FIGURES_LIMITS}</p>
    }
}

#[component]
fn FigureRow(step: MeasuredStep) -> impl IntoView {
    let more = step.more_than_the_step_before.map(|it| words::figure_more(it.recall_at_10));
    view! {
        <tr data-step=step.step.clone()>
            <th scope="row">{words::figure_step(&step.step)}</th>
            <td translate="no">{words::figure(step.recall_at_10)}</td>
            <td translate="no">{more}</td>
        </tr>
    }
}
