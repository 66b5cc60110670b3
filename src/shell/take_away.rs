//! What a reader takes along: the link to this state, the open view as a picture or as tables.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::layout::Features;
use super::words;
use crate::state::chosen::Chosen;
use crate::state::shell::Shell;
use crate::ui::export::{FORMS, Taken, take_away};
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

#[component]
pub(super) fn TakeAway() -> impl IntoView {
    let shell = shell();
    let features: Features = expect_context();
    let said = RwSignal::new(None::<&'static str>);
    let picture = [("copy", words::COPY_PICTURE)];
    let others = picture.into_iter().chain(FORMS).map(|(form, name)| {
        let take = move |_| {
            said.set(None);
            let taken = taken(shell, features);
            spawn_local(async move {
                let outcome = take_away(form, &taken).await;
                said.set(Some(match outcome {
                    Ok(_) => words::TAKEN,
                    Err(error) if is_altered(&error) => words::PICTURE_ALTERED,
                    Err(_) => words::NOT_TAKEN,
                }));
            });
        };
        view! { <button class="button is-bare" on:click=take>{name}</button> }
    });
    let others = others.collect_view();
    let copy = move |_| {
        spawn_local(async move {
            let is_copied = copy_link(shell.address.href()).await.is_some();
            said.set(Some(match is_copied {
                true => words::COPIED,
                false if is_in_frame() => words::NOT_COPIED_IN_FRAME,
                false => words::NOT_COPIED,
            }));
        });
    };
    view! {
        <div class="take-away" role="group" aria-label=words::TAKE_AWAY>
            <span class="label">{words::TAKE_AWAY}</span>
            <button class="button is-bare" on:click=copy>{words::COPY_LINK}</button>
            {others}
            <span role="status">{move || said.get()}</span>
            {move || (said.get() == Some(words::NOT_COPIED_IN_FRAME)).then(|| view! {
                <a href=shell.address.href() target="_blank" rel="noopener">
                    {words::OPEN_ALONE}
                </a>
            })}
        </div>
    }
}

/// The open view.
pub(super) fn taken(shell: Shell, features: Features) -> Taken {
    let catalogue = shell.site.catalogue();
    let here = untrack(|| features.open(shell)).and_then(|it| it.here);
    let title = untrack(|| here.map(|it| (it.heading)(shell)).unwrap_or_default());
    let address = shell.address.href();
    let history = shell.reader.read_history().get_untracked();
    let of_history = Table::picks("history", &catalogue, history.as_slice());
    let of_feature = here.map(|it| (it.tables)(shell)).unwrap_or_default();
    let tables = [of_history].into_iter().chain(of_feature);
    Taken {
        caption: words::caption(&title, &text::titles(&catalogue, history.as_slice()), &address),
        title,
        figure: None,
        address,
        model: untrack(|| shell.get::<Chosen>().card()).map_or("", |card| card.title),
        tables: tables.filter(|it| !it.rows.is_empty()).collect(),
    }
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
