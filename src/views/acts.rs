//! What can be done about a film of a list: add it, or say something of it that hides it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::catalog::ItemRow;
use crate::feedback::{self, Feedback};
use crate::views::text;

/// Which button of which row the reader used last, both from 0: such a row is about to go.
#[derive(Clone, Copy, Default)]
pub(super) struct Hand(StoredValue<Option<(u32, u32)>>);

impl Hand {
    /// Gives the focus to the same button of the row that comes to stand there, whenever `rows` change.
    pub(super) fn follow<T: Send + Sync + 'static>(
        self,
        list: NodeRef<leptos::html::Ol>,
        rows: Memo<Vec<T>>,
    ) {
        Effect::new(move || {
            rows.track();
            // After the rows themselves are in place.
            request_animation_frame(move || {
                let Some(list) = list.try_get_untracked().flatten() else { return };
                let Some((row, button)) = self.0.get_value() else { return };
                // The focus of a row that went is the page's.
                if document().active_element().is_some_and(|it| it.tag_name() == "BODY") {
                    self.0.set_value(None);
                    let children = list.children();
                    let next = children.item(row).or_else(|| children.item(row.checked_sub(1)?));
                    let next =
                        next.and_then(|it| it.get_elements_by_tag_name("button").item(button));
                    focus(next);
                }
            });
        });
    }

    fn note(self, event: &web_sys::MouseEvent) {
        let noted = || {
            let button = event.current_target()?.dyn_into::<Element>().ok()?;
            let row = button.closest("li").ok()??;
            let buttons = row.get_elements_by_tag_name("button");
            let place =
                (0..buttons.length()).find(|&at| buttons.item(at).as_ref() == Some(&button))?;
            Some((place_of(&row)?, place))
        };
        self.0.set_value(noted());
    }
}

/// How many rows stand before `row`.
fn place_of(row: &Element) -> Option<u32> {
    let rows = row.parent_element()?.children();
    (0..rows.length()).find(|&at| rows.item(at).as_ref() == Some(row))
}

pub(super) fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus(); // gone meanwhile: nothing to focus
    }
}

/// Gives the focus on, before the row of the button that was pressed goes: to the `same` button of the
/// next row, or to what is found by `instead`.
pub(super) fn pass_focus(event: &web_sys::MouseEvent, same: &str, instead: &str) {
    let next = || {
        let row = event.current_target()?.dyn_into::<Element>().ok()?.closest("li").ok()??;
        let next = row.next_element_sibling().or_else(|| row.previous_element_sibling())?;
        next.query_selector(same).ok()?
    };
    focus(next().or_else(|| document().query_selector(instead).ok().flatten()));
}

/// Add, Seen and Not for me.
#[component]
pub(super) fn FilmActs(item: ItemRow) -> impl IntoView {
    let session = super::session();
    let hand = use_context::<Hand>();
    let note = move |event: &web_sys::MouseEvent| {
        if let Some(hand) = hand {
            hand.note(event);
        }
    };
    let film = text::film(&session.catalogue(), item);
    let add = text::add(&film);
    let is_picked = move || session.history().with(|it| it.contains(item));
    let say = move |it: Feedback| {
        let is_said = move || session.feedback().with(|all| feedback::of(all, item) == Some(it));
        view! {
            <button
                class="button is-bare rec-act"
                aria-label=text::say(&film, it)
                aria-pressed=move || if is_said() { "true" } else { "false" }
                on:click=move |event| {
                    note(&event);
                    session.say_of(item, it);
                }
            >
                {text::feedback(it)}
            </button>
        }
    };
    view! {
        <span class="rec-acts">
            <button
                class="button is-bare rec-act rec-add"
                aria-label=add
                disabled=is_picked
                on:click=move |event| {
                    note(&event);
                    session.pick(item);
                }
            >
                {text::ADD}
            </button>
            {say(Feedback::Seen)}
            {say(Feedback::NotForMe)}
        </span>
    }
}
