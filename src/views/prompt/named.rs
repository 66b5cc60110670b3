//! Films that the model names by itself, letter by letter, with no way to name anything else.

use leptos::prelude::*;

use super::answer::{Cancel, EffortLine};
use super::{language, prompting};
use crate::session::Doing;
use crate::views::text;

#[component]
pub(super) fn NamedCard() -> impl IntoView {
    let prompting = prompting();
    let session = crate::views::session();
    let n_tokens = move || match prompting.doing().get() {
        Doing::Naming { n_tokens } => Some(text::naming(n_tokens)),
        _ => None,
    };
    let answer = move || {
        let named = prompting.named().get()?;
        let catalogue = session.catalogue();
        let films = named
            .films
            .into_iter()
            .map(|(film, log_prob)| view! {
                <li data-row=film.0>
                    <span translate="no">{text::film(&catalogue, film)}</span>" "<span class="figure" translate="no">{text::nats(log_prob)}</span>
                    {named.picks.contains(&film).then(|| view! { <span class="quiet">" "{text::NAMED_PICK}</span> })}
                </li>
            })
            .collect_view();
        Some(view! {
            <ol class="named">{films}</ol>
            <EffortLine effort=named.effort />
        })
    };
    view! {
        <section class="card step" aria-labelledby="named-title">
            <h3 id="named-title">{text::NAMED}</h3>
            <p class="quiet">{move || text::named_lead(session.catalogue().n_items())}</p>
            <div class="buttons">
                <button
                    class="button"
                    prop:disabled=move || !language().is_ready() || prompting.is_busy()
                    on:click=move |_| prompting.name()
                >
                    {text::NAME_FILMS}
                </button>
                <Cancel />
            </div>
            <p class="quiet" role="status">{n_tokens}</p>
            {answer}
        </section>
    }
}
