//! The map in the frame of figures: the canvas, what it claims and what is said of the film under the hand.

use leptos::prelude::*;

use super::address::LaidOut;
use super::canvas::Canvas;
use super::figure::OnMap;
use super::look::Look;
use super::state::MapState;
use super::words;
use crate::catalog::ItemRow;
use crate::map::Part;
use crate::state::chosen::Chosen;
use crate::state::shell::Shell;
use crate::ui::figure::{Change, FigureFrame, Source};
use crate::ui::shell;

#[component]
pub(super) fn MapFigure() -> impl IntoView {
    let shell = shell();
    let look: Look = expect_context();
    let state: MapState = expect_context();
    let laid_out = shell.get::<LaidOut>();
    let focus = shell.get::<Chosen>().focus();
    let source = Signal::derive(move || {
        let layout = laid_out.by();
        let n_films = shell.site.catalogue().n_items();
        let kept = state.layout_facts(layout).map(|it| it.1);
        let more = kept.map(|kept| words::lead(layout, n_films, kept)).unwrap_or_default();
        Source { family: None, cost: None, more }
    });
    let claim = Memo::new(move |_| drawn(shell, look, |it| it.claim()));
    let say = Memo::new(move |_| {
        let in_hand = look.pointed.get().or_else(|| focus.get());
        drawn(shell, look, |it| it.say(in_hand))
    });
    let table = Signal::derive(move || Some(drawn(shell, look, |it| it.table())));
    let is_changed =
        move || look.viewport.with(|it| it.zoom() > 1.0) || look.part.with(|it| *it != Part::View);
    let undo = move |()| {
        look.part.set(Part::View);
        look.look_at_whole();
    };
    let change = Change { is_changed: Signal::derive(is_changed), undo: Callback::new(undo) };
    view! {
        <FigureFrame
            name="map"
            title=words::TITLE
            about=Signal::derive(move || words::layout(laid_out.by()).to_owned())
            source
            claim
            say
            table
            change=Some(change)
        >
            <Canvas />
        </FigureFrame>
    }
}

/// Reads what is drawn at the moment.
fn drawn<T>(shell: Shell, look: Look, read: impl FnOnce(&OnMap<'_>) -> T) -> T {
    let catalogue = shell.site.catalogue();
    let picks: Vec<ItemRow> = shell.reader.history().with(|it| it.iter().collect());
    look.lists().with(|lists| {
        look.map.with_value(|map| read(&OnMap { map, catalogue: &catalogue, picks: &picks, lists }))
    })
}
