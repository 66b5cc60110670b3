//! The picture: drawn anew in the next frame whenever something in it changed, and only then.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, KeyboardEvent};

use super::controls::Controls;
use super::hand::{self, Hand};
use super::look::Look;
use super::names;
use super::paint::{Scene, paint};
use super::palette::Palette;
use super::words;
use crate::catalog::ItemRow;
use crate::families::Kind;
use crate::map::Part;
use crate::state::chosen::Chosen;
use crate::state::shell::Shell;
use crate::ui::dom_id;
use crate::ui::shell;
use crate::ui::words as text;

/// One press of an arrow key moves the map so far, in pixels.
const KEY_STEP: f32 = 60.0;
pub(super) const ZOOM_STEP: f32 = 1.6;
/// How far from the middle keys find a film, in pixels.
const AIM: f32 = 60.0;

#[component]
pub(super) fn Canvas() -> impl IntoView {
    let shell = shell();
    let look: Look = expect_context();
    let hand = Hand::new();
    let canvas = NodeRef::<html::Canvas>::new();
    draw_when_needed(shell, look, canvas);
    view! {
        <div class="map-canvas" class:is-lassoing=look.is_lassoing>
            <canvas
                node_ref=canvas
                tabindex="0"
                role="application"
                aria-label=words::TITLE
                aria-describedby=dom_id("map-keys")
                on:pointerdown=move |event| {
                    if let Some(canvas) = canvas.get_untracked() {
                        hand.press(look, &canvas, &event);
                    }
                }
                on:pointermove=move |event| hand.go(look, &event)
                on:pointerup=move |event| hand.lift(shell, look, &event)
                on:pointercancel=move |_| hand.give_up(look)
                on:pointerleave=move |_| look.point_at(None)
                on:blur=move |_| look.is_aiming.set(false)
                on:wheel=move |event| hand::turn(look, &event)
                on:dblclick=move |event| hand::add(shell, look, &event)
                on:keydown=move |event| answer_key(shell, look, &event)
            ></canvas>
            <PointedName />
            <Controls />
        </div>
        <p class="visually-hidden" id=dom_id("map-keys")>{words::KEYS}</p>
    }
}

/// The film under the hand, or in the middle, named beside its dot.
#[component]
fn PointedName() -> impl IntoView {
    let shell = shell();
    let look: Look = expect_context();
    let name = move || look.pointed.get().map(|it| text::film(&shell.site.catalogue(), it));
    let at = move || {
        let point = look.map.with_value(|map| map.point(look.pointed.get()?))?;
        Some(look.viewport.get().to_screen(point))
    };
    let is_right = move || at().is_some_and(|it| it.x > look.viewport.get().width() / 2.0);
    view! {
        <p
            class="map-name"
            class:is-right=is_right
            aria-hidden="true"
            style:left=move || at().map(|it| format!("{:.1}px", it.x))
            style:top=move || at().map(|it| format!("{:.1}px", it.y))
        >
            {name}
        </p>
    }
}

/// Asks the browser for one frame when a signal of the picture, the window or the colours change.
fn draw_when_needed(shell: Shell, look: Look, canvas: NodeRef<html::Canvas>) {
    let palette = StoredValue::new(None::<Palette>);
    let is_due = StoredValue::new(false);
    let chosen = chosen(look);
    let draw = move || {
        // Gone where the tab was closed before the frame came.
        if is_due.try_set_value(false).is_none()
            && let Some(canvas) = canvas.get_untracked()
        {
            draw(shell, look, &canvas, palette, chosen);
        }
    };
    let ask = move || {
        if !is_due.get_value() {
            is_due.set_value(true);
            request_animation_frame(draw);
        }
    };
    // There is a canvas in a browser alone.
    let is_here = move || canvas.with(Option::is_some);
    Effect::new(move || {
        let is_here = is_here();
        look.viewport.track();
        look.pointed.track();
        look.line.track();
        look.is_aiming.track();
        look.lists().track();
        chosen.track();
        shell.reader.history().track();
        shell.get::<Chosen>().focus().track();
        if is_here {
            ask();
        }
    });
    Effect::new(move || {
        if is_here() {
            let resized = window_event_listener(ev::resize, move |_| ask());
            on_cleanup(move || resized.remove());
            follow_colours(move || {
                palette.set_value(None);
                ask();
            });
        }
    });
}

/// By row, the films of a lasso or region; `None` where everything counts.
type InPart = Memo<Option<Arc<Vec<bool>>>>;

fn chosen(look: Look) -> InPart {
    Memo::new(move |_| {
        if look.part.with(|it| *it == Part::View) {
            return None;
        }
        let mut chosen = vec![false; look.map.with_value(|it| it.points().len())];
        look.films().with(|films| films.iter().for_each(|it| chosen[it.index()] = true));
        Some(Arc::new(chosen))
    })
}

/// Calls `on_change` when the reader's system turns from light to dark, or back.
fn follow_colours(on_change: impl Fn() + 'static) {
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else { return };
    let listener = gloo_events::EventListener::new(&query, "change", move |_| on_change());
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || drop(listener.try_update_value(Option::take)));
}

/// One frame.
fn draw(
    shell: Shell,
    look: Look,
    canvas: &HtmlCanvasElement,
    palette: StoredValue<Option<Palette>>,
    chosen: InPart,
) {
    let Some(context) = context(canvas) else { return };
    let (width, height) = (canvas.client_width() as f32, canvas.client_height() as f32);
    let viewport = look.viewport.get_untracked();
    if (viewport.width(), viewport.height()) != (width, height) && width > 0.0 {
        look.look_at(viewport.resized(width, height));
    }
    fit(canvas, &context);
    if palette.with_value(Option::is_none) {
        palette.set_value(Some(Palette::of(canvas)));
    }
    let viewport = look.viewport.get_untracked();
    let picks: Vec<ItemRow> = shell.reader.history().with_untracked(|it| it.iter().collect());
    let lists = look.lists().get_untracked();
    let lists: Vec<(Kind, Vec<ItemRow>)> =
        lists.into_iter().map(|it| (it.card.kind, it.items)).collect();
    let listed: Vec<ItemRow> = lists.iter().flat_map(|it| it.1.iter().copied()).collect();
    let (map, by_fame) = (look.map.get_value(), look.by_fame.get_value());
    let chosen = chosen.get_untracked();
    let line = look.line.get_untracked();
    let part = look.part.get_untracked();
    let lasso = match &part {
        Part::Lasso(closed) if line.is_empty() => closed,
        _ => &line,
    };
    let names = names::wanted(&map, &shell.site.catalogue(), &viewport, &by_fame, &picks, &listed);
    let scene = Scene {
        map: &map,
        viewport,
        by_fame: &by_fame,
        chosen: chosen.as_ref().map(|it| it.as_slice()),
        picks: &picks,
        lists: &lists,
        names: &names,
        pointed: look.pointed.get_untracked(),
        selected: shell.get::<Chosen>().focus().get_untracked(),
        lasso,
        is_aiming: look.is_aiming.get_untracked(),
    };
    let n_dots = palette
        .with_value(|palette| palette.as_ref().map(|it| paint(&context, it, &scene)))
        .unwrap_or_default();
    // What is in the picture, for those who cannot see into a canvas.
    let _ = canvas.set_attribute("data-dots", &n_dots.to_string());
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// As many dots of the screen as the canvas covers, and coordinates in pixels of the page.
fn fit(canvas: &HtmlCanvasElement, context: &CanvasRenderingContext2d) {
    let ratio = window().device_pixel_ratio().max(1.0);
    let of = |length: i32| (f64::from(length) * ratio).round() as u32;
    let (width, height) = (of(canvas.client_width()), of(canvas.client_height()));
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    // Refused only for numbers that are none.
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
}

fn answer_key(shell: Shell, look: Look, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let pan = |right: f32, down: f32| {
        look.look_at(look.viewport.get_untracked().panned(right, down));
    };
    match event.key().as_str() {
        "ArrowLeft" => pan(KEY_STEP, 0.0),
        "ArrowRight" => pan(-KEY_STEP, 0.0),
        "ArrowUp" => pan(0.0, KEY_STEP),
        "ArrowDown" => pan(0.0, -KEY_STEP),
        "+" | "=" => look.zoom_to_middle(ZOOM_STEP),
        "-" | "−" => look.zoom_to_middle(1.0 / ZOOM_STEP),
        "0" => look.look_at_whole(),
        "Enter" => match look.pointed.get_untracked() {
            Some(item) => shell.get::<Chosen>().focus_on(Some(item)),
            None => shell.get::<Chosen>().focus_on(None),
        },
        "a" | "A" => {
            if let Some(item) = look.pointed.get_untracked() {
                shell.reader.pick(item);
            }
        }
        "Escape" => {
            look.give_up_line();
            shell.get::<Chosen>().focus_on(None);
        }
        _ => return,
    }
    event.prevent_default();
    look.is_aiming.set(true);
    look.point_at(look.film_at(look.viewport.get_untracked().middle(), AIM));
}
