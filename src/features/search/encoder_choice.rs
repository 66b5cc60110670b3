//! Which text encoder reads the reader's words: the small one, or the one it was distilled from.

use leptos::prelude::*;

use super::words;
use crate::state::encoder::Encoder;
use crate::state::encoder::EncoderOffer;
use crate::ui::dom_id;
use crate::ui::keys::walk_without_choosing;
use crate::ui::shell;

#[component]
pub(super) fn EncoderChoice() -> impl IntoView {
    let shell = shell();
    let encoder = shell.get::<Encoder>();
    let offers = Memo::new(move |_| encoder.offers());
    let choices = move || {
        let offers = offers.get();
        let choice = |offer| view! { <Choice offer /> };
        (offers.len() > 1).then(|| {
            let choices = offers.into_iter().map(choice).collect_view();
            view! {
                <fieldset class="encoder-choice" on:keydown=|event| walk_without_choosing(&event)>
                    <legend class="label">{words::ENCODER_CHOICE}</legend>
                    {choices}
                </fieldset>
            }
        })
    };
    view! { {choices} }
}

#[component]
fn Choice(offer: EncoderOffer) -> impl IntoView {
    let shell = shell();
    let encoder = shell.get::<Encoder>();
    let EncoderOffer { name, n_bytes, is_here } = offer;
    view! {
        <label class="encoder-option">
            <input
                type="radio"
                name=dom_id("encoder")
                prop:checked=move || encoder.name().get() == name
                on:change=move |_| encoder.choose(name)
            />
            <span>
                {words::encoder_title(name)}
                <span class="quiet">{words::encoder_note(name, n_bytes, is_here)}</span>
            </span>
        </label>
    }
}
