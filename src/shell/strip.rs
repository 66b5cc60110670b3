//! The history strip: the picks, oldest first, to walk, move and take out. All of them are in sight: what does not fit a
//! row goes on in the next, and a long history is folded by year.

use leptos::html;
use leptos::prelude::*;

use super::folded::FoldedStrip;
use super::layout::Features;
use super::pick::Pick;
use super::words;
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::state::folds::{MOST, MOST_NARROW};
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
    let here = NodeRef::new();
    let is_narrow = narrow(here);
    let is_folded = Memo::new(move |_| {
        let most = if is_narrow.get() { MOST_NARROW } else { MOST };
        history.with(|it| it.len() > most)
    });
    let title = move || {
        if is_folded.get() {
            words::folded(history.with(|it| it.len()))
        } else {
            words::HISTORY.to_owned()
        }
    };
    provide_context(Hand {
        cursor: RwSignal::default(),
        open: RwSignal::default(),
        dragged: RwSignal::default(),
        over: RwSignal::default(),
    });
    view! {
        <section class="history" node_ref=here aria-labelledby=dom_id("history-title")>
            <div class="history-head">
                <h2 class="label" id=dom_id("history-title")>{title}</h2>
                <PreviewNote />
                <Undo />
                <Show when=move || !history.with(|it| it.is_empty())>
                    <button class="button is-bare" on:click=move |_| shell.reader.clear()>
                        {words::CLEAR}
                    </button>
                </Show>
            </div>
            {move || if is_folded.get() {
                view! { <FoldedStrip is_narrow /> }.into_any()
            } else {
                view! { <WholeStrip /> }.into_any()
            }}
            <Show when=move || history.with(|it| it.is_empty())>
                <p class="quiet">{move || features.open(shell).and_then(|it| it.here).map(|it| it.empty)}</p>
            </Show>
            <Unread />
            <p class="keys">{words::HISTORY_KEYS}</p>
        </section>
    }
}

#[component]
fn WholeStrip() -> impl IntoView {
    let history = shell().reader.history();
    view! {
        <ol class="strip" aria-labelledby=dom_id("history-title")>
            <For
                each=move || history.with(|it| it.as_slice().to_vec())
                key=|item| *item
                children=|item| view! { <Pick item /> }
            />
        </ol>
    }
}

/// Whether the screen is narrow, from when `here` is on it.
fn narrow(here: NodeRef<html::Section>) -> RwSignal<bool> {
    let is_narrow = RwSignal::new(false);
    Effect::new(move || {
        if here.with(Option::is_none) {
            return;
        }
        let Ok(Some(query)) = window().match_media("(max-width: 640px)") else { return };
        let watched = query.clone();
        let note = move || is_narrow.set(watched.matches());
        note();
        let listener = gloo_events::EventListener::new(&query, "change", move |_| note());
        let listener = StoredValue::new_local(Some(listener));
        on_cleanup(move || drop(listener.try_update_value(Option::take)));
    });
    is_narrow
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
