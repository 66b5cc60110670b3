//! Where the model looked: shown as that, never as the reason.

use leptos::prelude::*;

use super::words;
use crate::engine::protocol::Explanation;
use crate::history::History;
use crate::order::best_first;
use crate::ui::shell;
use crate::ui::words as text;

/// `picks` are those the model read, oldest first.
#[component]
pub(super) fn AttentionNote(explanation: Explanation, picks: History) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let attention = explanation.attention?;
    let mut looked: Vec<_> = picks.iter().zip(attention.weights.iter().copied()).collect();
    best_first(&mut looked, |it| it.1);
    let (most, weight) = *looked.first()?;
    let said = words::attention(catalogue.title(most), weight, attention.agreement);
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
                <summary>{words::ATTENTION_TABLE}</summary>
                <table class="influence">
                    <thead>
                        <tr>
                            <th scope="col">{text::PICK_SUMMAND}</th>
                            <th scope="col" class="number">{words::WEIGHT}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </div>
    })
}
