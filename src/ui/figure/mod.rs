//! The unit of the site: one claim, one picture, one gesture, and where the numbers come from.
//!
//! A slice gives what it draws at a width ([`Drawn`]), and [`Figure`] shows it in the frame that all figures have. One
//! whose picture is no SVG fills the [`FigureFrame`] itself.

mod choice;
mod drag;
mod drawing;
mod embed;
mod frame;
mod handed;
#[cfg(test)]
pub(crate) mod laid;
pub mod pen;
mod save;
pub mod shape;
mod twin;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::engine::protocol::Cost;
use crate::families::FamilyName;
use crate::ui::stepper::StepSlider;
use crate::ui::table::Table;
use drag::Hand;
use shape::Shape;

pub use choice::Choice;
pub use frame::FigureFrame;

/// Pictures are laid out for widths between these, in pixels, and drawn anew for each.
const NARROWEST: f64 = 280.0;
const WIDEST: f64 = 960.0;
/// Where nothing is measured yet.
const USUAL: f64 = 640.0;
/// From here on a picture may stand as on a desk; below it is as on a phone.
pub const WIDE: f64 = 540.0;

/// What a figure shows at one width and in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// A sentence that the picture shows to be true, of the numbers in it.
    pub claim: String,
    /// What the step that is shown adds; empty for nothing.
    pub say: String,
    pub picture: Picture,
    /// The same as numbers.
    pub table: Table,
}

/// The shapes of a picture and how high it is, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub height: f64,
    pub shapes: Vec<Shape>,
}

/// Draws for a width in pixels, tracked; `None` while there is nothing to show. Cheap to copy around.
#[derive(Clone)]
pub struct Draw(Arc<dyn Fn(f64) -> Option<Drawn> + Send + Sync>);

impl Draw {
    pub fn new(draw: impl Fn(f64) -> Option<Drawn> + Send + Sync + 'static) -> Self {
        Self(Arc::new(draw))
    }
}

/// Whose numbers a figure shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// One model, where it is one.
    pub family: Option<FamilyName>,
    /// What it took, where it was computed just now.
    pub cost: Option<Cost>,
    /// What else is to be known of the numbers; may be empty.
    pub more: String,
}

/// The main gesture of figures that are walked through.
#[derive(Clone, Copy)]
pub struct Steps {
    pub n: Memo<usize>,
    pub at: Memo<usize>,
    /// Goes to a step, 0 the first.
    pub go: Callback<(usize,)>,
    /// What is stepped through.
    pub name: &'static str,
    /// What a step is called.
    pub of: Callback<(usize,), String>,
}

/// The main gesture of figures in which something is dragged. Shapes with the attribute `data-drag` are what the pointer
/// takes hold of: those whose attribute is "hold" by every pointer, the others by a mouse; to where a finger taps on them
/// it goes as well.
#[derive(Clone, Copy)]
pub struct Drag {
    /// Goes to a place of the picture, drawn for a width: x, y and that width, in pixels.
    pub to: Callback<(f64, f64, f64)>,
    /// Goes where a key leads, by its name, and says whether it leads anywhere.
    pub press: Callback<(String,), bool>,
}

/// Whether the reader changed what the figure first showed, and the way back.
#[derive(Clone, Copy)]
pub struct Change {
    pub is_changed: Signal<bool>,
    pub undo: Callback<()>,
}

/// `name` is the figure's own, `title` who or what it shows, `about` what of it. `act` hears what shapes say that are
/// acted on; `beside` the steps is at most one choice.
#[component]
pub fn Figure(
    name: &'static str,
    #[prop(into)] title: Signal<String>,
    about: &'static str,
    #[prop(into)] source: Signal<Source>,
    draw: Draw,
    #[prop(default = None)] act: Option<Callback<(String,)>>,
    #[prop(default = None)] steps: Option<Steps>,
    #[prop(default = None)] drag: Option<Drag>,
    #[prop(default = None)] change: Option<Change>,
    #[prop(default = None)] beside: Option<AnyView>,
    /// Whether authors can have it on pages of their own.
    #[prop(default = true)]
    is_for_authors: bool,
) -> impl IntoView {
    let room = NodeRef::<Div>::new();
    let width = RwSignal::new(USUAL);
    drawing::watch_width(room, width);
    let drawn = Memo::new(move |_| (draw.0)(width.get().clamp(NARROWEST, WIDEST)));
    let picture = Memo::new(move |_| drawn.with(|it| it.as_ref().map(|it| it.picture.clone())));
    drawing::draw(room, picture);
    let hand = Hand::new(drag, width);
    let part = move |read: fn(&Drawn) -> &str| {
        drawn.with(|it| it.as_ref().map(|it| read(it).to_owned()).unwrap_or_default())
    };
    let claim = Memo::new(move |_| frame::kept_together(&part(|it| &it.claim)));
    let say = Memo::new(move |_| part(|it| &it.say));
    let table = Signal::derive(move || drawn.with(|it| it.as_ref().map(|it| it.table.clone())));
    let first = picture.with_untracked(|it| it.as_ref().map(drawing::markup).unwrap_or_default());
    let height = move || picture.with(|it| it.as_ref().map_or(0.0, |it| it.height.ceil()));
    let heard = move |target: Option<Element>| {
        let acted = target.and_then(|it| it.closest("[data-act]").ok().flatten());
        match (acted.and_then(|it| it.get_attribute("data-act")), act) {
            (Some(what), Some(act)) => {
                act.run((what,));
                true
            }
            _ => false,
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        let key = event.key();
        let is_done = match key.as_str() {
            "Enter" | " " => heard(target_of(&event)),
            _ => hand.press(&key) || steps.is_some_and(|steps| step_by(steps, &key)),
        };
        if is_done {
            event.prevent_default();
        }
    };
    let stepper = steps.map(|Steps { n, at, go, name, of }| {
        view! { <StepSlider n_steps=n step=at go=move |step| go.run((step,)) name at=move |step| of.run((step,)) /> }
    });
    let has_gesture = stepper.is_some() || beside.is_some();
    let gesture = has_gesture.then(|| view! { {stepper}{beside} }.into_any());
    view! {
        <FigureFrame name title about source claim say table change gesture is_for_authors>
            <div
                class="picture"
                node_ref=room
                tabindex="0"
                role="group"
                aria-label=claim
                on:click=move |event| {
                    heard(target_of(&event));
                    hand.tap(&event);
                }
                on:keydown=press
                on:pointerdown=move |event| hand.take(&event)
                on:pointermove=move |event| hand.follow(&event)
                on:pointerup=move |event| hand.leave(&event)
                on:pointercancel=move |event| hand.leave(&event)
            >
                <svg translate="no" width="100%" height=height inner_html=first></svg>
            </div>
        </FigureFrame>
    }
}

fn target_of(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Goes where `key` leads, if it leads anywhere.
fn step_by(steps: Steps, key: &str) -> bool {
    let (at, last) = (steps.at.get_untracked(), steps.n.get_untracked().saturating_sub(1));
    let to = match key {
        "ArrowLeft" => at.checked_sub(1),
        "ArrowRight" => (at < last).then_some(at + 1),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    };
    to.inspect(|&it| steps.go.run((it,))).is_some()
}
