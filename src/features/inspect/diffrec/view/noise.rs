//! Noise on every step, or none: which of the quiet list's films stand it.

use leptos::prelude::*;

use crate::families::diffrec::{Draws, Noise, Shown};
use crate::features::inspect::diffrec::words;
use crate::features::inspect::state::{Seen, inspecting};
use crate::plot;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn NoiseSwitch(seen: Memo<Option<Seen<Shown>>>) -> impl IntoView {
    let inspecting = inspecting();
    let seed = Memo::new(move |_| inspecting.probe::<Noise>().seed);
    let draw_again = move || inspecting.try_probe(&inspecting.probe_untracked::<Noise>().again());
    let switch = move |is_on| match is_on {
        true => draw_again(),
        false => inspecting.try_probe(&Noise::default()),
    };
    let is_on = move || seed.get().is_some();
    let draws = Memo::new(move |_| seen.with(|it| it.as_ref()?.of.draws.clone()));
    view! {
        <div class="noise">
            <label class="noise-switch">
                <input
                    type="checkbox"
                    prop:checked=is_on
                    on:change=move |event| switch(event_target_checked(&event))
                />
                {words::NOISE_SWITCH}
            </label>
            <Show when=is_on>
                <label class="noise-seed">
                    {words::NOISE_SEED}
                    <input
                        type="number"
                        min="0"
                        max=u32::MAX
                        prop:value=move || seed.get().map(|it| it.to_string())
                        on:change=move |event| {
                            // Half a number typed is no seed yet.
                            if let Ok(seed) = event_target_value(&event).parse() {
                                inspecting.try_probe(&Noise { seed: Some(seed) });
                            }
                        }
                    />
                </label>
                <button class="button" on:click=move |_| draw_again()>
                    {words::NOISE_AGAIN}
                </button>
            </Show>
        </div>
        {move || draws.get().map(|draws| view! { <Kept draws /> })}
    }
}

/// In how many draws each film of the quiet list is among the first ten.
#[component]
fn Kept(draws: Draws) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let n_draws = draws.n_draws;
    let said = words::draws_kept(draws.mean_kept(), draws.kept.len(), n_draws);
    let rows = draws.kept.into_iter().map(|(item, n)| {
        let length = plot::bar_percent(n as f32, n_draws as f32);
        view! {
            <tr>
                <th scope="row" translate="no">{text::film(&catalogue, item)}</th>
                <td class="number weight" translate="no">
                    <span class="bar" aria-hidden="true">
                        <span class="bar-fill" style:width=format!("{length:.1}%")></span>
                    </span>
                    <span class="figure" translate="no">{words::of_draws(n, n_draws)}</span>
                </td>
            </tr>
        }
    });
    view! {
        <p class="stated" role="status">{said}</p>
        <table class="inside-table noise-kept">
            <caption class="label">{words::NOISE_TABLE}</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
