//! The history strip: the picks, oldest first, to walk, move and take out.

use leptos::prelude::*;

use super::layout::Features;
use super::pick::Pick;
use super::words;
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::state::preview::Previewing;
use crate::ui::dom_id;
use crate::ui::shell;
use crate::ui::words as text;

/// Where the keyboard stands in the strip, and what the pointer drags.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// The one pick that Tab reaches.
    pub(super) cursor: RwSignal<Option<ItemRow>>,
    /// The pick whose further buttons are shown.
    pub(super) open: RwSignal<Option<ItemRow>>,
    pub(super) dragged: RwSignal<Option<ItemRow>>,
    pub(super) over: RwSignal<Option<ItemRow>>,
}

#[component]
pub(crate) fn HistoryStrip() -> impl IntoView {
    let shell = shell();
    let features: Features = expect_context();
    let history = shell.reader.history();
    let strip = NodeRef::new();
    provide_context(Hand {
        cursor: RwSignal::default(),
        open: RwSignal::default(),
        dragged: RwSignal::default(),
        over: RwSignal::default(),
    });
    // A pick that was just made comes into sight.
    Effect::new(move |n_before: Option<usize>| {
        let n_picks = history.with(|it| it.len());
        if n_before.is_some_and(|n| n_picks > n)
            && let Some(strip) = strip.get_untracked()
        {
            let strip: web_sys::HtmlOListElement = strip;
            request_animation_frame(move || strip.set_scroll_left(strip.scroll_width()));
        }
        n_picks
    });
    view! {
        <section class="history" aria-labelledby=dom_id("history-title")>
            <div class="history-head">
                <h2 class="label" id=dom_id("history-title")>{words::HISTORY}</h2>
                <PreviewNote />
                <Undo />
                <Show when=move || !history.with(|it| it.is_empty())>
                    <button class="button is-bare" on:click=move |_| shell.reader.clear()>
                        {words::CLEAR}
                    </button>
                </Show>
            </div>
            <ol class="strip" node_ref=strip aria-labelledby=dom_id("history-title")>
                <For
                    each=move || history.with(|it| it.as_slice().to_vec())
                    key=|item| *item
                    children=|item| view! { <Pick item /> }
                />
            </ol>
            <Show when=move || history.with(|it| it.is_empty())>
                <p class="quiet">{move || features.open(shell).and_then(|it| it.here).map(|it| it.empty)}</p>
            </Show>
            <Unread />
            <p class="keys">{words::HISTORY_KEYS}</p>
        </section>
    }
}

/// What the switch under the pointer, or in focus, would do to the lists below.
#[component]
fn PreviewNote() -> impl IntoView {
    let shell = shell();
    let previewing = shell.get::<Previewing>();
    let said = move || previewing.preview().map(|it| words::preview(&shell.site.catalogue(), it));
    view! { <p class="preview-note" role="status">{said}</p> }
}

/// Takes back the newest act, and says which.
#[component]
fn Undo() -> impl IntoView {
    let shell = shell();
    move || {
        let act = words::act(&shell.site.catalogue(), &shell.reader.last_act()?);
        Some(view! {
            <button class="button is-bare undo" on:click=move |_| shell.reader.undo()>
                {text::UNDO} <span class="undo-act">": " {act}</span>
            </button>
        })
    }
}

/// Says so when the model reads less than the whole history.
#[component]
fn Unread() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    move || {
        let n_picks = shell.reader.read_history().with(|it| it.len());
        let n_read = chosen.max_history();
        let card = chosen.card().filter(|_| n_picks > n_read)?;
        Some(view! { <p class="quiet">{words::unread(card, n_read, n_picks)}</p> })
    }
}
