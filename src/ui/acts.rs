//! What can be done about a film of a list: add it, or say something of it that hides it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::catalog::ItemRow;
use crate::feedback::{self, Feedback};
use crate::state::shell::Shell;
use crate::ui::shell;
use crate::ui::words as text;

/// The element that holds all of a shell; see [`Shell::dom_id`].
pub(crate) const PAGE: &str = "page";

/// The first element of the page of `shell` that `selector` names.
pub(crate) fn find(shell: Shell, selector: &str) -> Option<Element> {
    document().get_element_by_id(shell.dom_id(PAGE))?.query_selector(selector).ok()?
}

pub(crate) fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus(); // gone meanwhile: nothing to focus
    }
}

/// Adds a film where there is room for a sign alone, which the style sheet draws: in a table it is no word of a cell. By key it is reached where `tabindex` says so.
#[component]
pub(crate) fn AddFilm(
    item: ItemRow,
    #[prop(default = "0")] tabindex: &'static str,
) -> impl IntoView {
    let shell = shell();
    let add = text::add(&text::film(&shell.site.catalogue(), item));
    let is_picked = move || shell.reader.history().with(|it| it.contains(item));
    view! {
        <button
            class="button is-bare add-film"
            aria-label=add.clone()
            title=add
            tabindex=tabindex
            disabled=is_picked
            on:click=move |_| shell.reader.pick(item)
        ></button>
    }
}

/// Add, where a list `adds` to the history, Seen and Not for me.
#[component]
pub(crate) fn FilmActs(item: ItemRow, #[prop(default = true)] adds: bool) -> impl IntoView {
    let shell = shell();
    let film = text::film(&shell.site.catalogue(), item);
    let add = adds.then(|| {
        let is_picked = move || shell.reader.history().with(|it| it.contains(item));
        view! {
            <button
                class="button is-bare rec-act rec-add"
                aria-label=text::add(&film)
                disabled=is_picked
                on:click=move |_| shell.reader.pick(item)
            >
                {text::ADD}
            </button>
        }
    });
    // A class each: by it the focus of a row that goes finds its like in the next.
    let say = move |it: Feedback, class: &'static str| {
        let is_said =
            move || shell.reader.feedback().with(|all| feedback::of(all, item) == Some(it));
        view! {
            <button
                class=class
                aria-label=text::say(&film, it)
                aria-pressed=move || if is_said() { "true" } else { "false" }
                on:click=move |_| shell.reader.say_of(item, it)
            >
                {text::feedback(it)}
            </button>
        }
    };
    view! {
        <span class="rec-acts">
            {add}
            {say(Feedback::Seen, "button is-bare rec-act rec-seen")}
            {say(Feedback::NotForMe, "button is-bare rec-act rec-not-for-me")}
        </span>
    }
}
