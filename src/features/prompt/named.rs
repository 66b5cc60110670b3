//! Films that the model names by itself, letter by letter, with no way to name anything else.

use leptos::prelude::*;

use super::answer::{Cancel, EffortLine};
use super::state::Doing;
use super::view::state;
use super::words;
use crate::ui;
use crate::ui::dom_id;
use crate::ui::shell;

#[component]
pub(super) fn NamedCard() -> impl IntoView {
    let state = state();
    let shell = shell();
    let n_tokens = move || match state.doing().get() {
        Doing::Naming { n_tokens } => Some(words::naming(n_tokens)),
        _ => None,
    };
    let answer = move || {
        let named = state.named().get()?;
        let catalogue = shell.site.catalogue();
        let films = named
            .films
            .into_iter()
            .map(|(film, log_prob)| view! {
                <li data-row=film.0>
                    <span translate="no">{ui::words::film(&catalogue, film)}</span>" "<span class="figure" translate="no">{words::nats(log_prob)}</span>
                    {named.picks.contains(&film).then(|| view! { <span class="quiet">" "{words::NAMED_PICK}</span> })}
                </li>
            })
            .collect_view();
        Some(view! {
            <ol class="named">{films}</ol>
            <EffortLine effort=named.effort />
        })
    };
    view! {
        <section class="card step" aria-labelledby=dom_id("named-title")>
            <h3 id=dom_id("named-title")>{words::NAMED}</h3>
            <p class="quiet">{move || words::named_lead(shell.site.catalogue().n_items())}</p>
            <div class="buttons">
                <button
                    class="button"
                    prop:disabled=move || !state.language().is_ready() || state.is_busy()
                    on:click=move |_| state.name()
                >
                    {words::NAME_FILMS}
                </button>
                <Cancel />
            </div>
            <p class="quiet" role="status">{n_tokens}</p>
            {answer}
        </section>
    }
}
