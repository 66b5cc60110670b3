//! How often conversations find the film that a person recommended, with each step that joins in.

use leptos::prelude::*;

use super::boxes::StepBox;
use super::talking;
use crate::dialogue::{Measured, MeasuredStep};
use crate::views::text;

#[component]
pub(super) fn Figures() -> impl IntoView {
    let fitted = talking().fitted();
    view! {
        <StepBox title=text::FIGURES lead=text::FIGURES_LEAD>
            {move || match fitted.get() {
                None => view! { <p class="quiet" role="status">{text::FIGURES_COMING}</p> }.into_any(),
                Some(Ok(fitted)) => view! { <FigureTable measured=fitted.results.clone() /> }.into_any(),
                Some(Err(error)) => {
                    view! { <p class="note" role="alert">{text::without_weights(&error)}</p> }.into_any()
                }
            }}
        </StepBox>
    }
}

#[component]
fn FigureTable(measured: Measured) -> impl IntoView {
    let heads = text::FIGURE_HEADS.map(|head| view! { <th scope="col">{head}</th> });
    let asked = text::figures_asked(&measured);
    let rows = measured.steps.into_iter().map(|step| view! { <FigureRow step /> }).collect_view();
    view! {
        <p>{asked}</p>
        <div class="scroller" tabindex="0" role="group" aria-label=text::FIGURES>
            <table class="figures">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="quiet">{text::FIGURES_LIMITS}</p>
    }
}

#[component]
fn FigureRow(step: MeasuredStep) -> impl IntoView {
    let more = step.more_than_the_step_before.map(|it| text::figure_more(it.recall_at_10));
    view! {
        <tr data-step=step.step.clone()>
            <th scope="row">{text::figure_step(&step.step)}</th>
            <td translate="no">{text::figure(step.recall_at_10)}</td>
            <td translate="no">{more}</td>
        </tr>
    }
}
