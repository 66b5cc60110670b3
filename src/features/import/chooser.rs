//! Handing over files: chosen, dropped, or as text.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

use super::picked::{chosen_in, dropped};
use super::state::ImportState;
use super::view::state;
use super::words;
use crate::ui::dom_id;

/// Films of a made-up reader, for who has no export at hand.
const SAMPLE: &str = include_str!("sample.csv");

#[component]
pub(super) fn Chooser() -> impl IntoView {
    let state = state();
    // The whole view takes what is dropped; here it is shown.
    let is_over = RwSignal::new(false);
    let drop_words = move || if is_over.get() { words::DROP_NOW } else { words::DROP };
    // Where there are films, the fold around it is called so.
    let has_films = move || state.own().films().with(|it| !it.is_empty());
    view! {
        <Show when=move || !has_films()><h3>{words::CHOOSE_TITLE}</h3></Show>
        <div
            class="drop"
            class:is-over=move || is_over.get()
            on:dragover=move |_| is_over.set(true)
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |_| is_over.set(false)
        >
            <p class="drop-words">{drop_words}</p>
            <p class="quiet">{words::KINDS_OF_FILES}</p>
            <div class="buttons">
                <FileButton name=words::CHOOSE_FILES is_folder=false />
                <FileButton name=words::CHOOSE_FOLDER is_folder=true />
                <Show when=move || !has_films()>
                    <button class="button" on:click=move |_| state.open_text(SAMPLE.to_owned())>
                        {words::TRY_SAMPLE}
                    </button>
                </Show>
            </div>
        </div>
        <PasteText />
        <details class="evidence">
            <summary>{words::WHERE_FROM}</summary>
            <dl class="import-sites">
                {words::SITES.map(|(site, way)| view! { <dt>{site}</dt><dd>{way}</dd> }).collect_view()}
            </dl>
        </details>
    }
}

/// Opens what was dropped, in place of the browser, which would leave the page for it.
pub(super) fn open_dropped(state: ImportState, event: &DragEvent) {
    event.prevent_default();
    // What was dropped can be asked for only now.
    if let Some(files) = event.data_transfer().and_then(|it| dropped(&it)) {
        spawn_local(async move { state.open(files.await) });
    }
}

/// An input that looks as a button does: the browser's own cannot be put into words.
#[component]
fn FileButton(name: &'static str, is_folder: bool) -> impl IntoView {
    let state = state();
    let choose = move |event: web_sys::Event| {
        let input: HtmlInputElement = event_target(&event);
        let files = chosen_in(&input);
        // So that the same file can be chosen again.
        input.set_value("");
        state.open(files);
    };
    view! {
        <label class="button file-button">
            <input
                type="file"
                class="file-input"
                multiple
                prop:webkitdirectory=is_folder
                on:change=choose
            />
            {name}
        </label>
    }
}

#[component]
fn PasteText() -> impl IntoView {
    let state = state();
    let text = RwSignal::new(String::new());
    let is_empty = move || text.with(|it| it.trim().is_empty());
    view! {
        <details class="evidence">
            <summary>{words::PASTE}</summary>
            <label class="label" for=dom_id("import-text")>{words::PASTE_LABEL}</label>
            <textarea
                id=dom_id("import-text")
                rows="6"
                spellcheck="false"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <button
                class="button"
                disabled=is_empty
                on:click=move |_| state.open_text(text.get_untracked())
            >
                {words::READ_TEXT}
            </button>
        </details>
    }
}
