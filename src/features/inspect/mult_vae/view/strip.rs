//! All dimensions side by side: where the reader stands on each, against the prior.

use leptos::prelude::*;

use crate::families::mult_vae::{Dimension, FARTHEST, Shown};
use crate::features::inspect::mult_vae::words;
use crate::features::inspect::state::Seen;
use crate::plot;
use crate::ui::words as text;

/// Rows of the table under the picture.
const N_TOLD: usize = 20;

#[component]
pub(super) fn Strip(seen: Memo<Option<Seen<Shown>>>) -> impl IntoView {
    let dimensions = Memo::new(move |_| {
        seen.with(|it| it.as_ref().map(|it| it.of.dimensions.clone()).unwrap_or_default())
    });
    let paths = Memo::new(move |_| {
        let places: Vec<_> =
            dimensions.with(|it| it.iter().map(|it| (it.mean, it.deviation)).collect());
        plot::intervals(&places, FARTHEST)
    });
    let view_box = move || plot::intervals_view_box(dimensions.with(Vec::len), FARTHEST);
    let said = move || dimensions.with(|it| words::strip(it));
    let rows = move || {
        dimensions.with(|it| {
            let row = |it: &Dimension| {
                view! {
                    <tr>
                        <th scope="row">{words::dimension(it.number)}</th>
                        <td class="number" translate="no">{text::signed(it.mean)}</td>
                        <td class="number" translate="no">{text::score(it.deviation)}</td>
                        <td class="number" translate="no">{words::bits(it.bits)}</td>
                    </tr>
                }
            };
            it.iter().take(N_TOLD).map(row).collect_view()
        })
    };
    view! {
        <h3 class="label latent-title">{words::STRIP}</h3>
        <div class="latent" aria-hidden="true">
            <svg viewBox=view_box preserveAspectRatio="none">
                <path class="latent-spreads" d=move || paths.with(|it| it.spreads.clone()) />
                <path class="latent-means" d=move || paths.with(|it| it.means.clone()) />
            </svg>
        </div>
        <p class="stated">{said}</p>
        <details class="note">
            <summary>{words::TABLE}</summary>
            <table class="inside-table">
                <thead>
                    <tr>
                        <th scope="col">{words::DIMENSION}</th>
                        <th scope="col" class="number">{words::MEAN}</th>
                        <th scope="col" class="number">{words::DEVIATION}</th>
                        <th scope="col" class="number">{words::BITS}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
