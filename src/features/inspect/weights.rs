//! How much each layer looked at a pick: columns of a table.

use leptos::prelude::*;

use super::words;
use crate::plot;
use crate::ui::words as text;

/// The heads of their columns.
pub(super) fn layer_heads(n_layers: usize) -> impl IntoView {
    let head = |layer: usize| view! { <th scope="col" class="number">{words::layer(layer)}</th> };
    (0..n_layers).map(head).collect_view()
}

/// How much a layer looked at a pick; nothing where it had nothing to look at.
pub(super) fn weight_cell(weight: Option<f32>) -> impl IntoView {
    let filled = weight.map(|weight| {
        let length = plot::bar_percent(weight, 1.0);
        view! {
            <span class="bar" aria-hidden="true">
                <span class="bar-fill" style:width=format!("{length:.1}%")></span>
            </span>
            {text::percent(weight)}
        }
    });
    view! { <td class="number weight" translate="no">{filled}</td> }
}
