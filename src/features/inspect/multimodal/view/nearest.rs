//! The films nearest to one of the picks, by each modality.

use leptos::prelude::*;

use super::Shown;
use crate::families::multimodal::{Modality, Near, Neighbour};
use crate::features::inspect::multimodal::words;
use crate::features::inspect::state::inspecting;
use crate::features::inspect::stepper::Stepper;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

const MARK: f64 = 18.0;

#[component]
pub(super) fn Nearest(shown: Shown) -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let picks = Memo::new(move |_| {
        shown.seen.with(|it| it.as_ref().map(|it| it.of.picks.clone()).unwrap_or_default())
    });
    let n_steps = Memo::new(move |_| picks.with(Vec::len));
    let near = Memo::new(move |_| {
        let step = inspecting.step_of(n_steps.get());
        picks.with(|it| it.get(step).cloned())
    });
    let at = move |step: usize| {
        let pick = picks.with(|it| it.get(step).map(|it| it.pick));
        pick.map_or_else(String::new, |pick| {
            words::near(step, n_steps.get(), shell.site.catalogue().title(pick))
        })
    };
    let columns = move || {
        let near = near.get();
        near.map(|near| Modality::ALL.map(|modality| column(&near, modality)).collect_view())
    };
    view! {
        <h3 class="label nearest-title">{words::NEAREST}</h3>
        <Stepper n_steps name=words::WHICH_PICK at />
        <div class="nearest">{columns}</div>
        <p class="stated">{words::NEAREST_NOTE}</p>
    }
}

fn column(near: &Near, modality: Modality) -> impl IntoView + use<> {
    let films = near.by_modality[modality as usize].clone();
    let shown = match films {
        None => view! { <p class="quiet">{words::lacks(modality)}</p> }.into_any(),
        Some(films) => {
            let rows = films.into_iter().zip(1..).map(film).collect_view();
            view! { <ol class="small-list">{rows}</ol> }.into_any()
        }
    };
    view! {
        <section class="nearest-by">
            <h4 class="label">{words::by(modality)}</h4>
            {shown}
        </section>
    }
}

fn film((it, rank): (Neighbour, usize)) -> impl IntoView {
    let name = text::film(&shell().site.catalogue(), it.item);
    view! {
        <li class="small-film" data-row=it.item.0>
            <span class="place-rank" translate="no">{rank}</span>
            <Mark item=it.item size=MARK />
            <span class="small-title" translate="no">{name}</span>
            <span class="number" translate="no">{text::score(it.cosine)}</span>
        </li>
    }
}
