//! The history strip: the picks, oldest first, to walk, move and take out.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::views::pick::Pick;
use crate::views::text;

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
    let session = super::session();
    let history = session.history();
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
        <section class="history" aria-labelledby="history-title">
            <div class="history-head">
                <h2 class="label" id="history-title">{text::HISTORY}</h2>
                <PreviewNote />
                <Undo />
                <Show when=move || !history.with(|it| it.is_empty())>
                    <button class="button is-bare" on:click=move |_| session.clear()>
                        {text::CLEAR}
                    </button>
                </Show>
            </div>
            <ol class="strip" node_ref=strip aria-labelledby="history-title">
                <For
                    each=move || history.with(|it| it.as_slice().to_vec())
                    key=|item| *item
                    children=|item| view! { <Pick item /> }
                />
            </ol>
            <Show when=move || history.with(|it| it.is_empty())>
                <p class="quiet">{move || text::history_empty(session.tab().get())}</p>
            </Show>
            <Unread />
            <p class="keys">{text::HISTORY_KEYS}</p>
        </section>
    }
}

/// What the switch under the pointer, or in focus, would do to the lists below.
#[component]
fn PreviewNote() -> impl IntoView {
    let session = super::session();
    let said = move || session.preview().map(|it| text::preview(&session.catalogue(), it));
    view! { <p class="preview-note" role="status">{said}</p> }
}

/// Takes back the newest act, and says which.
#[component]
fn Undo() -> impl IntoView {
    let session = super::session();
    move || {
        let act = text::act(&session.catalogue(), &session.last_act()?);
        Some(view! {
            <button class="button is-bare undo" on:click=move |_| session.undo()>
                {text::UNDO} <span class="undo-act">": " {act}</span>
            </button>
        })
    }
}

/// Says so when the model reads less than the whole history.
#[component]
fn Unread() -> impl IntoView {
    let session = super::session();
    move || {
        let n_picks = session.read_history().with(|it| it.len());
        let n_read = session.max_history();
        let card = session.card().filter(|_| n_picks > n_read)?;
        Some(view! { <p class="quiet">{text::unread(card, n_read, n_picks)}</p> })
    }
}
