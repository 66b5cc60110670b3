//! What a reader takes along: the link to this state, the open view as a picture or as tables.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::session::Session;
use crate::views::{export, text};

#[wasm_bindgen]
extern "C" {
    /// What public/page_boot.js leaves behind; see public/take_away.js.
    #[wasm_bindgen(catch, js_name = glassrecTakeAway)]
    async fn take_away(kind: &str, state: JsValue) -> Result<JsValue, JsValue>;
}

/// The kinds that public/take_away.js knows, and what they are called.
const KINDS: [(&str, &str); 5] = [
    ("copy", text::COPY_PICTURE),
    ("png", text::SAVE_PNG),
    ("svg", text::SAVE_SVG),
    ("csv", text::SAVE_CSV),
    ("json", text::SAVE_JSON),
];

#[component]
pub(super) fn TakeAway() -> impl IntoView {
    let session = super::session();
    let said = RwSignal::new(None::<&'static str>);
    let others = KINDS.map(|(kind, name)| {
        let take = move |_| {
            said.set(None);
            spawn_local(async move {
                let outcome = match state(session) {
                    Ok(state) => take_away(kind, state).await,
                    Err(error) => Err(error.into()),
                };
                said.set(Some(match outcome {
                    Ok(_) => text::TAKEN,
                    Err(error) if is_altered(&error) => text::PICTURE_ALTERED,
                    Err(_) => text::NOT_TAKEN,
                }));
            });
        };
        view! { <button class="button is-bare" on:click=take>{name}</button> }
    });
    let copy = move |_| {
        spawn_local(async move {
            let is_copied = copy_link(session.href()).await.is_some();
            said.set(Some(match is_copied {
                true => text::COPIED,
                false if is_in_frame() => text::NOT_COPIED_IN_FRAME,
                false => text::NOT_COPIED,
            }));
        });
    };
    view! {
        <div class="take-away" role="group" aria-label=text::TAKE_AWAY>
            <span class="label">{text::TAKE_AWAY}</span>
            <button class="button is-bare" on:click=copy>{text::COPY_LINK}</button>
            {others}
            <span role="status">{move || said.get()}</span>
            {move || (said.get() == Some(text::NOT_COPIED_IN_FRAME)).then(|| view! {
                <a href=session.href() target="_blank" rel="noopener">
                    {text::OPEN_ALONE}
                </a>
            })}
        </div>
    }
}

/// What is taken along, as public/take_away.js reads it.
fn state(session: Session) -> Result<JsValue, serde_wasm_bindgen::Error> {
    // The state lives in the fragment; without an address it is still all there but the link.
    serde_wasm_bindgen::to_value(&export::taken(session, session.href()))
}

/// Whether the browser gave other points than were drawn; see public/picture.js.
fn is_altered(error: &JsValue) -> bool {
    error.dyn_ref::<js_sys::Error>().is_some_and(|it| it.message() == "altered")
}

/// Whether another page is around this one: then the browser shows the address of that.
fn is_in_frame() -> bool {
    window().parent().ok().flatten().is_some_and(|around| around != window())
}

/// Copies the address, which holds the state. `None` where the page may not.
async fn copy_link(href: String) -> Option<()> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    // Absent where the page is not secure.
    let clipboard = (!clipboard.is_undefined()).then(|| web_sys::Clipboard::from(clipboard))?;
    JsFuture::from(clipboard.write_text(&href)).await.ok()?;
    Some(())
}
