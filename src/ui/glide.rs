//! Rows glide to their new place and new ones fade in, unless the reader wants things still.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::catalog::ItemRow;
use crate::state::shown::ShownRow;

const GLIDE_MILLIS: f64 = 180.0;

/// Moves the rows of `list` whenever `rows` changed. Rows carry their item in `data-row`.
///
/// Works on the layout that is already there: nothing waits for it.
pub fn follow<T: Send + Sync + 'static>(list: NodeRef<leptos::html::Ol>, rows: Signal<Vec<T>>) {
    let places = StoredValue::new(BTreeMap::<String, f64>::new());
    Effect::new(move || {
        rows.track();
        if is_unpainted(list) {
            return;
        }
        // After the rows themselves are in place, and before they are painted.
        request_animation_frame(move || {
            if let Some(list) = list.try_get_untracked().flatten() {
                let before = places.get_value();
                places.set_value(glide(&list, &before));
            }
        });
    });
}

/// Moves the rows of `list`, all of one height, whenever `rows` changed.
///
/// Asks for no layout, which many lists that change at once could not afford: ranks are places.
pub fn follow_ranks(list: NodeRef<leptos::html::Ol>, rows: Memo<Vec<ShownRow>>) {
    let ranked = StoredValue::new(Vec::<ItemRow>::new());
    Effect::new(move || {
        let now: Vec<ItemRow> = rows.with(|rows| rows.iter().map(|row| row.item).collect());
        let before = ranked.get_value();
        ranked.set_value(now.clone());
        if before.is_empty() || is_unpainted(list) || wants_still() {
            return;
        }
        // After the rows themselves are in place, and before they are painted.
        request_animation_frame(move || {
            if let Some(list) = list.try_get_untracked().flatten() {
                glide_ranks(&list, &before, &now);
            }
        });
    });
}

/// Whether no browser shows `list`.
fn is_unpainted(list: NodeRef<leptos::html::Ol>) -> bool {
    list.with_untracked(Option::is_none)
}

/// Starts each row at the place of its rank `before`.
fn glide_ranks(list: &web_sys::HtmlElement, before: &[ItemRow], now: &[ItemRow]) {
    let children = list.children();
    for (item, at) in now.iter().zip(0..) {
        let row = children.item(at).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
        let Some(row) = row else { continue };
        match (0..).zip(before).find(|it| it.1 == item) {
            Some((old, _)) if old != at => {
                let from = format!("translateY({}00%)", i64::from(old) - i64::from(at));
                animate(&row, "transform", &from, "none");
            }
            Some(_) => {}
            None => animate(&row, "opacity", "0", "1"),
        }
    }
}

/// Starts each row at its old place; gives where all rows are now.
fn glide(list: &web_sys::HtmlElement, before: &BTreeMap<String, f64>) -> BTreeMap<String, f64> {
    let wants_still = wants_still();
    let mut places = BTreeMap::new();
    let children = list.children();
    for row in (0..children.length()).filter_map(|at| children.item(at)) {
        let Ok(row) = row.dyn_into::<web_sys::HtmlElement>() else { continue };
        let Some(item) = row.get_attribute("data-row") else { continue };
        let top = f64::from(row.offset_top());
        if !wants_still && !before.is_empty() {
            match before.get(&item) {
                Some(old) if (old - top).abs() >= 1.0 => {
                    let from = format!("translateY({}px)", old - top);
                    animate(&row, "transform", &from, "none");
                }
                Some(_) => {}
                None => animate(&row, "opacity", "0", "1"),
            }
        }
        places.insert(item, top);
    }
    places
}

/// `Element.animate`, which web-sys does not count as stable yet.
fn animate(row: &web_sys::HtmlElement, property: &str, from: &str, to: &str) {
    let start = || -> Result<(), JsValue> {
        let frames = Object::new();
        Reflect::set(&frames, &property.into(), &Array::of2(&from.into(), &to.into()))?;
        let timing = Object::new();
        Reflect::set(&timing, &"duration".into(), &GLIDE_MILLIS.into())?;
        Reflect::set(&timing, &"easing".into(), &"ease-out".into())?;
        let animate: Function = Reflect::get(row, &"animate".into())?.dyn_into()?;
        animate.call2(row, &frames, &timing)?;
        Ok(())
    };
    // A browser that cannot animate shows the row where it belongs.
    let _ = start();
}

fn wants_still() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}
