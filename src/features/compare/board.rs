//! The columns: a table of lists on a wide page, a deck of cards to swipe on a phone.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::column::ColumnList;
use super::view::Pointed;
use super::words;
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::state::compared::Compared;
use crate::ui::shell;

#[component]
pub(super) fn Board() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let compared = shell.get::<Compared>();
    let pointed: Pointed = expect_context();
    let board = NodeRef::<Div>::new();
    let card_on_top = RwSignal::new(0_usize);
    let columns = Memo::new(move |_| {
        compared.board().into_iter().map(|it| (it.card.name, it.side)).collect::<Vec<_>>()
    });
    let note_card = move |_| {
        if let Some(board) = board.get_untracked() {
            let at = card_at(&board);
            if card_on_top.get_untracked() != at {
                card_on_top.set(at);
            }
        }
    };
    let find = move |key| {
        let mut columns = untrack(|| compared.board()).into_iter();
        columns.find(|it| (it.card.name, it.side) == key)
    };
    view! {
        <DeckBar board card_on_top />
        <div
            class="board"
            class:has-selected=move || pointed.selected.with(Option::is_some)
            node_ref=board
            role="group"
            aria-label=words::COMPARE_LISTS
            on:scroll=note_card
            on:mouseleave=move |_| pointed.under_hand.set(None)
            on:keydown=move |event| match event.key().as_str() {
                "Escape" => chosen.focus_on(None),
                "+" => {
                    if let Some(item) = film_of(&event) {
                        shell.reader.pick(item);
                    }
                }
                _ => walk(&event),
            }
        >
            <For each=move || columns.get() key=|key| *key children=move |key| {
                find(key).map(|column| view! { <ColumnList column /> })
            } />
        </div>
    }
}

/// Which card of the deck is on top, and the way to the next. Shown on a phone only.
#[component]
fn DeckBar(board: NodeRef<Div>, card_on_top: RwSignal<usize>) -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let position = move || {
        let columns = compared.board();
        let at = card_on_top.get().min(columns.len().saturating_sub(1));
        columns
            .get(at)
            .map(|it| words::deck_position(at + 1, columns.len(), &words::column_title(*it)))
    };
    let is_first = move || card_on_top.get() == 0;
    let is_last = move || card_on_top.get() + 1 >= compared.board().len();
    let turn = move |step: isize| {
        let at = card_on_top.get_untracked().saturating_add_signed(step);
        if let Some(board) = board.get_untracked() {
            show_card(&board, at);
        }
    };
    view! {
        <div class="deck-bar">
            <button
                class="button"
                aria-label=words::DECK_BEFORE
                disabled=is_first
                on:click=move |_| turn(-1)
            >
                "‹"
            </button>
            <p role="status">{position}</p>
            <button class="button" aria-label=words::DECK_NEXT disabled=is_last on:click=move |_| turn(1)>
                "›"
            </button>
        </div>
    }
}

/// The card nearest to the deck's left edge.
fn card_at(board: &HtmlElement) -> usize {
    let cards = board.children();
    let edge = board.scroll_left() + board.offset_left();
    let distance = |at: &u32| {
        let card = cards.item(*at).and_then(|it| it.dyn_into::<HtmlElement>().ok());
        card.map_or(i32::MAX, |card| (card.offset_left() - edge).abs())
    };
    (0..cards.length()).min_by_key(distance).unwrap_or(0) as usize
}

fn show_card(board: &HtmlElement, at: usize) {
    let card = u32::try_from(at).ok().and_then(|at| board.children().item(at));
    if let Some(card) = card.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        board.set_scroll_left(card.offset_left() - board.offset_left());
    }
}

/// Arrow keys: up and down the list; left and right to the same film in the next list, or to the
/// same rank where that list does not show it.
fn walk(event: &KeyboardEvent) {
    let go = || -> Option<()> {
        let here = event.target()?.dyn_into::<Element>().ok()?.closest("li.place").ok()??;
        let next = match event.key().as_str() {
            "ArrowDown" => here.next_element_sibling(),
            "ArrowUp" => here.previous_element_sibling(),
            "ArrowRight" => in_column(&here, &column_of(&here)?.next_element_sibling()?),
            "ArrowLeft" => in_column(&here, &column_of(&here)?.previous_element_sibling()?),
            _ => return None,
        };
        event.prevent_default();
        let button = next?.query_selector("button").ok()??.dyn_into::<HtmlElement>().ok()?;
        let _ = button.focus(); // gone meanwhile: nothing to focus
        Some(())
    };
    let _ = go(); // at an edge, or another key: nothing to do
}

/// The film of the row that `event` happened in.
fn film_of(event: &KeyboardEvent) -> Option<ItemRow> {
    let place = event.target()?.dyn_into::<Element>().ok()?.closest("li.place").ok()??;
    place.get_attribute("data-row")?.parse().ok().map(ItemRow)
}

fn column_of(place: &Element) -> Option<Element> {
    place.closest(".column").ok()?
}

fn in_column(here: &Element, column: &Element) -> Option<Element> {
    let find = |selector: &str| column.query_selector(selector).ok().flatten();
    let row = here.get_attribute("data-row")?;
    let rank = here.get_attribute("data-rank")?;
    find(&format!("li.place[data-row='{row}']"))
        .or_else(|| find(&format!("li.place[data-rank='{rank}']")))
        .or_else(|| find("li.place:last-child"))
}
