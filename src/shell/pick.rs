//! One pick of the strip.

mod switch;

use leptos::ev::{DragEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::catalog::ItemRow;
use crate::shell::strip::Hand;
use crate::shell::words;
use crate::state::shell::Shell;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;
use switch::Switch;

/// The picks that stand together; all of them, where nobody gives any.
#[derive(Clone, Copy)]
pub(super) struct Among(pub(super) Memo<Vec<ItemRow>>);

/// One that `is_numbered` says which place it has in the history.
#[component]
pub(super) fn Pick(item: ItemRow, #[prop(optional)] is_numbered: bool) -> impl IntoView {
    let shell = shell();
    let hand: Hand = expect_context();
    let among: Option<Among> = use_context();
    let place = move || {
        let place = shell.reader.history().with(|it| it.position_of(item));
        place.filter(|_| is_numbered).map(|it| it + 1)
    };
    let catalogue = shell.site.catalogue();
    let film = text::film(&catalogue, item);
    let title = catalogue.title(item).to_owned();
    let year = catalogue.year(item);
    let remove = words::remove(&film);
    let is_reached = move || is_reached(shell, hand, among, item);
    let tabindex = move || if is_reached() { "0" } else { "-1" };
    let is_open = move || hand.open.get() == Some(item);
    let drag_start = move |event: DragEvent| {
        hand.dragged.set(Some(item));
        if let Some(carried) = event.data_transfer() {
            // Firefox drags nothing without it.
            let _ = carried.set_data("text/plain", &title);
        }
    };
    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        hand.over.set(None);
        let position = shell.reader.history().with_untracked(|it| it.position_of(item));
        if let (Some(dragged), Some(position)) = (hand.dragged.get_untracked(), position) {
            shell.reader.move_pick(dragged, position);
        }
    };
    let title = shell.site.catalogue().title(item).to_owned();
    view! {
        <li
            class="pick"
            class:is-off=move || shell.reader.is_off(item)
            class:is-dragged=move || hand.dragged.get() == Some(item)
            class:is-drop-target=move || hand.over.get() == Some(item)
            class:is-open=is_open
            draggable="true"
            on:dragstart=drag_start
            on:dragend=move |_| {
                hand.dragged.set(None);
                hand.over.set(None);
            }
            on:dragover=move |event| {
                if hand.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    hand.over.set(Some(item));
                }
            }
            on:drop=drop_here
        >
            <button
                class="pick-name" translate="no"
                data-place=place
                tabindex=tabindex
                aria-expanded=move || if is_open() { "true" } else { "false" }
                aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight Delete"
                on:focus=move |_| hand.cursor.set(Some(item))
                on:click=move |_| hand.open.update(|it| *it = (*it != Some(item)).then_some(item))
                on:keydown=move |event| answer_key(shell, hand, item, &event)
            >
                <Mark item />
                <span>{title} " " <small>{year}</small></span>
            </button>
            <Show when=is_open>
                <MoveButton item step=-1 />
                <MoveButton item step=1 />
                <ReplaceButton item />
            </Show>
            <Switch item tabindex=Signal::derive(tabindex) />
            <button
                class="pick-act"
                tabindex=tabindex
                aria-label=remove
                on:click=move |_| shell.reader.unpick(item)
            >
                "×"
            </button>
        </li>
    }
}

#[component]
fn MoveButton(item: ItemRow, step: isize) -> impl IntoView {
    let shell = shell();
    let (name, sign) = if step < 0 { (words::EARLIER, "‹") } else { (words::LATER, "›") };
    let target = move || target(shell, item, step);
    view! {
        <button
            class="pick-act"
            aria-label=name
            disabled=move || target().is_none()
            on:click=move |_| move_by(shell, item, step)
        >
            {sign}
        </button>
    }
}

/// Lets the field for adding films look for one that takes this pick's place.
#[component]
fn ReplaceButton(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let name = words::replace(&text::film(&shell.site.catalogue(), item));
    view! {
        <button
            class="pick-act pick-replace"
            aria-label=name
            on:click=move |_| shell.reader.start_replacing(item)
        >
            {words::REPLACE}
        </button>
    }
}

/// Of those that stand together, Tab reaches the pick it left last, or else the newest.
fn is_reached(shell: Shell, hand: Hand, among: Option<Among>, item: ItemRow) -> bool {
    let reached = |all: &[ItemRow]| {
        let cursor = hand.cursor.get().filter(|it| all.contains(it));
        cursor.or_else(|| all.last().copied()) == Some(item)
    };
    match among {
        Some(Among(items)) => items.with(|it| reached(it)),
        None => shell.reader.history().with(|it| reached(it.as_slice())),
    }
}

/// The position `step` further, if there is one.
fn target(shell: Shell, item: ItemRow, step: isize) -> Option<usize> {
    shell.reader.history().with(|history| {
        let target = history.position_of(item)?.checked_add_signed(step)?;
        (target < history.len()).then_some(target)
    })
}

fn move_by(shell: Shell, item: ItemRow, step: isize) {
    if let Some(target) = untrack(|| target(shell, item, step)) {
        shell.reader.move_pick(item, target);
    }
}

fn answer_key(shell: Shell, hand: Hand, item: ItemRow, event: &KeyboardEvent) {
    let key = event.key();
    let step = match key.as_str() {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        "Delete" | "Backspace" => 0,
        "Escape" => return hand.open.set(None),
        _ => return,
    };
    event.prevent_default();
    if step != 0 && event.shift_key() {
        move_by(shell, item, step);
        // Moving an element takes the focus from it.
        focus_soon(item_button(event));
        return;
    }
    let beside = |step| beside(event, step, ".pick-name");
    let button = if step == 0 { beside(1).or_else(|| beside(-1)) } else { beside(step) };
    if step == 0 {
        shell.reader.unpick(item);
    }
    focus_soon(button);
}

fn item_button(event: &KeyboardEvent) -> Option<web_sys::HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

/// The button that `selector` names in the pick `step` further of those that are in sight.
fn beside(event: &KeyboardEvent, step: isize, selector: &str) -> Option<web_sys::HtmlElement> {
    let pick = item_button(event)?.closest(".pick").ok()??;
    let all = pick.closest(".strip").ok()??.get_elements_by_class_name("pick");
    let is_shown = |it: &web_sys::Element| {
        let folded = it.closest("details:not([open])");
        folded.is_ok_and(|it| it.is_none())
    };
    let picks = (0..all.length()).filter_map(|at| all.item(at));
    let shown: Vec<_> = picks.filter(is_shown).collect();
    let here = shown.iter().position(|it| *it == pick)?;
    let beside = shown.get(here.checked_add_signed(step)?)?;
    beside.query_selector(selector).ok()??.dyn_into().ok()
}

/// Focuses `button` once the strip has its new order.
fn focus_soon(button: Option<web_sys::HtmlElement>) {
    request_animation_frame(move || {
        if let Some(button) = button {
            let _ = button.focus(); // gone meanwhile: nothing to focus
        }
    });
}
