//! All directions side by side: where the reader stands on each, against the prior.

use leptos::prelude::*;

use crate::families::{Cloud, FARTHEST};
use crate::plot;
use crate::views::inside::Seen;
use crate::views::text;

/// Rows of the table under the picture.
const N_TOLD: usize = 20;

#[component]
pub(super) fn Strip(cloud: Memo<Option<Seen<Cloud>>>) -> impl IntoView {
    let directions = Memo::new(move |_| {
        cloud.with(|it| it.as_ref().map(|it| it.of.directions.clone()).unwrap_or_default())
    });
    let paths = Memo::new(move |_| {
        let places: Vec<_> =
            directions.with(|it| it.iter().map(|it| (it.mean, it.deviation)).collect());
        plot::intervals(&places, FARTHEST)
    });
    let view_box = move || plot::intervals_view_box(directions.with(Vec::len), FARTHEST);
    let said = move || directions.with(|it| text::cloud_strip(it));
    let rows = move || {
        directions.with(|it| {
            let row = |it: &crate::families::Direction| {
                view! {
                    <tr>
                        <th scope="row">{text::direction(it.number)}</th>
                        <td class="number" translate="no">{text::signed(it.mean)}</td>
                        <td class="number" translate="no">{text::score(it.deviation)}</td>
                        <td class="number" translate="no">{text::bits(it.bits)}</td>
                    </tr>
                }
            };
            it.iter().take(N_TOLD).map(row).collect_view()
        })
    };
    view! {
        <h3 class="label latent-title">{text::CLOUD_STRIP}</h3>
        <div class="latent" aria-hidden="true">
            <svg viewBox=view_box preserveAspectRatio="none">
                <path class="latent-spreads" d=move || paths.with(|it| it.spreads.clone()) />
                <path class="latent-means" d=move || paths.with(|it| it.means.clone()) />
            </svg>
        </div>
        <p class="stated">{said}</p>
        <details class="note">
            <summary>{text::CLOUD_TABLE}</summary>
            <table class="inside-table">
                <thead>
                    <tr>
                        <th scope="col">{text::CLOUD_DIRECTION}</th>
                        <th scope="col" class="number">{text::CLOUD_MEAN}</th>
                        <th scope="col" class="number">{text::CLOUD_DEVIATION}</th>
                        <th scope="col" class="number">{text::CLOUD_BITS}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
