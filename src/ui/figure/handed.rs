//! The numbers of a figure for scripts of the site: its element gives them to whoever asks it, as public/frame.js does for a
//! lesson around it.

use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::closure::Closure;

use crate::ui::shell;
use crate::ui::table::Table;

/// What is asked of the element.
const NAME: &str = "glassrecNumbers";

/// public/frame.js reads it by these names.
#[derive(Serialize)]
struct Numbers {
    history: Table,
    /// Nothing where nothing is drawn.
    table: Option<Table>,
}

/// Lets `figure` give what `table` holds at that moment, and of which history, as JSON.
pub(super) fn hand_out(figure: NodeRef<html::Figure>, table: Signal<Option<Table>>) {
    let shell = shell();
    let numbers = move || {
        let catalogue = shell.site.catalogue();
        let history = shell.reader.read_history().get_untracked();
        let history = Table::picks("history", &catalogue, history.as_slice());
        let numbers = Numbers { history, table: table.get_untracked() };
        serde_json::to_string(&numbers).unwrap_or_default()
    };
    Effect::new(move || {
        let Some(figure) = figure.get() else { return };
        let give = Closure::<dyn Fn() -> String>::new(numbers);
        // A browser that refuses leaves a lesson without its answer, and says so there.
        let _ = Reflect::set(&figure, &NAME.into(), give.as_ref());
        let kept = StoredValue::new_local(Some(give));
        on_cleanup(move || drop(kept.try_update_value(Option::take)));
    });
}
