//! Films by text, sound, look and behaviour: each switched off and on, and the films nearest by each.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::{Catalogue, ItemRow};
use crate::families::multimodal::{Modality, Near, Shown as Multimodal, Switches};
use crate::features::inspect::figure::{InspectFigure, steps};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{inspecting, seen};
use crate::history::History;
use crate::state::chosen::Chosen;
use crate::ui::figure::{Change, Draw};
use crate::ui::shell;
use crate::ui::table::Table;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::multimodal::Multimodal;
    const NAME: &'static str = "multimodal";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, _picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, catalogue)
    }
}

/// The film whose nearest are shown: one of the list where it is in focus, else the pick at `step`.
fn followed(shown: &Multimodal, focus: Option<ItemRow>, step: usize) -> Option<&Near> {
    let in_focus = shown.listed.iter().find(|it| Some(it.item) == focus);
    in_focus.or_else(|| shown.picks.get(step)).or(shown.picks.last())
}

#[component]
fn Inside() -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let focus = shell.get::<Chosen>();
    let seen = seen::<Multimodal>();
    let n_picks = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.picks.len())));
    let name = move |step: usize| {
        let pick = seen.with(|it| it.as_ref()?.of.picks.get(step).map(|it| it.item));
        pick.map_or_else(String::new, |pick| {
            words::near(step, n_picks.get(), shell.site.catalogue().title(pick))
        })
    };
    let steps = steps(n_picks, words::WHICH_PICK, name);
    let step = steps.at;
    // A step looks at a film of the reader's again.
    let go = Callback::new(move |(step,)| {
        focus.focus_on(None);
        inspecting.go_to_step(step);
    });
    let steps = crate::ui::figure::Steps { go, ..steps };
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        let focus = focus.focus().get();
        seen.with(|it| {
            let shown = &it.as_ref()?.of;
            figure::draw(shown, followed(shown, focus, step.get()), &catalogue, width)
        })
    });
    let act = Callback::new(move |(what,): (String,)| {
        let number = |it: &str| it.parse::<u32>().ok();
        if let Some(at) = what.strip_prefix("switch").and_then(number) {
            if let Some(&modality) = Modality::ALL.get(at as usize) {
                let switches = inspecting.probe_untracked::<Switches>();
                inspecting.try_probe(&switches.with(modality, !switches.is_on(modality)));
            }
        } else if let Some(film) = what.strip_prefix("film").and_then(number).map(ItemRow) {
            let is_on = focus.focus().get_untracked() == Some(film);
            focus.focus_on((!is_on).then_some(film));
        }
    });
    let switches = Memo::new(move |_| inspecting.probe::<Switches>());
    let change = Change {
        is_changed: Signal::derive(move || switches.get() != Switches::default()),
        undo: Callback::new(move |()| inspecting.try_probe(&Switches::default())),
    };
    view! {
        <div class="inside-alone">
            <InspectFigure name="modalities" about=words::ABOUT draw act steps change />
        </div>
        <p class="stated">{words::NOTE}</p>
    }
}
