//! Noise on every step, or none: which of the quiet list's films stand it.

use leptos::prelude::*;

use crate::engine::protocol::Probe;
use crate::families::{Denoising, Draws};
use crate::plot;
use crate::views::inside::Seen;
use crate::views::{session, text};

#[component]
pub(super) fn Noise(seen: Memo<Option<Seen<Denoising>>>) -> impl IntoView {
    let session = session();
    let seed = Memo::new(move |_| {
        session.probe().with(|it| match it {
            Probe::Noise { seed } => Some(*seed),
            _ => None,
        })
    });
    let is_on = move || seed.get().is_some();
    let draws = Memo::new(move |_| seen.with(|it| it.as_ref()?.of.draws.clone()));
    view! {
        <div class="noise">
            <label class="noise-switch">
                <input
                    type="checkbox"
                    prop:checked=is_on
                    on:change=move |event| session.add_noise(event_target_checked(&event))
                />
                {text::NOISE_SWITCH}
            </label>
            <Show when=is_on>
                <label class="noise-seed">
                    {text::NOISE_SEED}
                    <input
                        type="number"
                        min="0"
                        max=u32::MAX
                        prop:value=move || seed.get().map(|it| it.to_string())
                        on:change=move |event| {
                            // Half a number typed is no seed yet.
                            if let Ok(seed) = event_target_value(&event).parse() {
                                session.try_probe(Probe::Noise { seed });
                            }
                        }
                    />
                </label>
                <button class="button" on:click=move |_| session.draw_again()>
                    {text::NOISE_AGAIN}
                </button>
            </Show>
        </div>
        {move || draws.get().map(|draws| view! { <Kept draws /> })}
    }
}

/// In how many draws each film of the quiet list is among the first ten.
#[component]
fn Kept(draws: Draws) -> impl IntoView {
    let catalogue = session().catalogue();
    let n_draws = draws.n_draws;
    let said = text::draws_kept(draws.mean_kept(), draws.kept.len(), n_draws);
    let rows = draws.kept.into_iter().map(|(item, n)| {
        let length = plot::bar_percent(n as f32, n_draws as f32);
        view! {
            <tr>
                <th scope="row" translate="no">{text::film(&catalogue, item)}</th>
                <td class="number weight" translate="no">
                    <span class="bar" aria-hidden="true">
                        <span class="bar-fill" style:width=format!("{length:.1}%")></span>
                    </span>
                    <span class="figure" translate="no">{text::of_draws(n, n_draws)}</span>
                </td>
            </tr>
        }
    });
    view! {
        <p class="stated" role="status">{said}</p>
        <table class="inside-table noise-kept">
            <caption class="label">{text::NOISE_TABLE}</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
