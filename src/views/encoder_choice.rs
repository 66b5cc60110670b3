//! Which text encoder reads the reader's words: the small one, or the one it was distilled from.

use leptos::prelude::*;

use crate::session::EncoderOffer;
use crate::ui::keys::walk_without_choosing;
use crate::views::text;

#[component]
pub(super) fn EncoderChoice() -> impl IntoView {
    let session = super::session();
    let offers = Memo::new(move |_| session.encoder_offers());
    let choices = move || {
        let offers = offers.get();
        let choice = |offer| view! { <Choice offer /> };
        (offers.len() > 1).then(|| {
            let choices = offers.into_iter().map(choice).collect_view();
            view! {
                <fieldset class="encoder-choice" on:keydown=|event| walk_without_choosing(&event)>
                    <legend class="label">{text::ENCODER_CHOICE}</legend>
                    {choices}
                </fieldset>
            }
        })
    };
    view! { {choices} }
}

#[component]
fn Choice(offer: EncoderOffer) -> impl IntoView {
    let session = super::session();
    let EncoderOffer { name, n_bytes, is_here } = offer;
    view! {
        <label class="encoder-option">
            <input
                type="radio"
                name="encoder"
                prop:checked=move || session.encoder().get() == name
                on:change=move |_| session.choose_encoder(name)
            />
            <span>
                {text::encoder_title(name)}
                <span class="quiet">{text::encoder_note(name, n_bytes, is_here)}</span>
            </span>
        </label>
    }
}
