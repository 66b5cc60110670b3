//! Where the model looked: shown as that, never as the reason.

use leptos::prelude::*;

use crate::engine::protocol::Explanation;
use crate::history::History;
use crate::views::text;

/// `picks` are those the model read, oldest first.
#[component]
pub(super) fn AttentionNote(explanation: Explanation, picks: History) -> impl IntoView {
    let catalogue = super::session().catalogue();
    let attention = explanation.attention?;
    let mut looked: Vec<_> = picks.iter().zip(attention.weights.iter().copied()).collect();
    looked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (most, weight) = *looked.first()?;
    let said = text::attention(catalogue.title(most), weight, attention.agreement);
    let rows = looked
        .into_iter()
        .map(|(pick, weight)| {
            view! {
                <tr>
                    <th scope="row" translate="no">{catalogue.title(pick).to_owned()}</th>
                    <td class="number" translate="no">{text::percent(weight)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(view! {
        <div class="note">
            <p>{said}</p>
            <details>
                <summary>{text::ATTENTION_TABLE}</summary>
                <table class="influence">
                    <thead>
                        <tr>
                            <th scope="col">{text::PICK_SUMMAND}</th>
                            <th scope="col" class="number">{text::WEIGHT}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </div>
    })
}
