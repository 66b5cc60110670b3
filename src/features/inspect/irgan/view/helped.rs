//! Whether adversarial rounds helped: what was measured before them, after them and without them.

use leptos::prelude::*;

use crate::features::inspect::irgan::words;
use crate::manifest::Reached;
use crate::plot;
use crate::state::chosen::Chosen;
use crate::ui::shell;

/// About so many steps of the scale.
const N_TICKS: usize = 4;

#[component]
pub(super) fn Helped() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let name = chosen.card().map_or("", |card| card.name);
    let rounds = shell.site.manifest().family(name).and_then(|it| it.rounds.clone())?;
    let forms = [
        (words::ROUNDS_BEFORE, rounds.before),
        (words::ROUNDS_AFTER, rounds.after),
        (words::ROUNDS_LONGER, rounds.longer),
        (words::ROUNDS_DISCRIMINATOR, rounds.discriminator),
    ];
    let largest = forms.iter().fold(0.0_f32, |largest, (_, it)| largest.max(it.high));
    let end = plot::ticks(largest, N_TICKS).last().copied().unwrap_or(largest);
    let rows = forms.map(|(form, reached)| view! { <Form form reached end /> }).collect_view();
    Some(view! {
        <h3 class="label">{words::HELPED_TITLE}</h3>
        <p>{words::helped(&rounds)}</p>
        <table class="inside-table helped">
            <caption class="label">{words::helped_table(&rounds)}</caption>
            <tbody>{rows}</tbody>
        </table>
        <p class="stated">{words::HELPED_NOTE}</p>
    })
}

/// A dot on its interval, and both in numbers.
#[component]
fn Form(form: &'static str, reached: Reached, end: f32) -> impl IntoView {
    let Reached { ndcg_at_100, low, high } = reached;
    let at = |value: f32| format!("{:.2}%", plot::bar_percent(value, end));
    let length = format!("{:.2}%", plot::bar_percent(high - low, end));
    view! {
        <tr>
            <th scope="row">
                {form} <span class="reached" aria-hidden="true">
                    <span class="reached-interval" style:left=at(low) style:width=length></span>
                    <span class="reached-dot" style:left=at(ndcg_at_100)></span>
                </span>
            </th>
            <td class="number" translate="no">
                <b>{words::measured(ndcg_at_100)}</b>
                <small>{words::interval(low, high)}</small>
            </td>
        </tr>
    }
}
