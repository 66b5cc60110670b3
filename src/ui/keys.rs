//! Keys that belong to somebody else, and keys that a group of ours answers.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Whether the key belongs to an input method: it ends or changes what is being composed.
///
/// Some browsers say that composition is over before they send the key that ended it; its code then is 229.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// For a group of radio buttons whose choice fetches something: arrow keys move the focus and
/// choose nothing; Enter and, as everywhere, the space bar choose.
pub fn walk_without_choosing(event: &KeyboardEvent) {
    let walk = || -> Option<()> {
        let step = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => -1,
            "Enter" => 0,
            _ => return None,
        };
        let here = event.target()?.dyn_into::<Element>().ok()?;
        let group = event.current_target()?.dyn_into::<Element>().ok()?;
        let radios = group.get_elements_by_tag_name("input");
        let all = (0..radios.length()).filter_map(|at| radios.item(at)?.dyn_into().ok());
        // Those that are folded away cannot have the focus.
        let shown: Vec<HtmlElement> =
            all.filter(|it: &HtmlElement| it.offset_parent().is_some()).collect();
        let at = shown.iter().position(|it| **it == here)?;
        event.prevent_default();
        if step == 0 {
            shown[at].click();
        } else {
            let next = (at as i32 + step).rem_euclid(shown.len() as i32);
            let _ = shown[next as usize].focus(); // it is on the page as long as the group is
        }
        Some(())
    };
    let _ = walk(); // another key, or not in a radio button: the browser's own
}
