//! Bars of points: the film that is written out, and the whole list.

use leptos::prelude::*;

use super::{Shown, look, words};
use crate::families::blend::{FilmPoints, Shown as Blend};
use crate::plot;
use crate::state::chosen::Chosen;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

const MARK: f64 = 18.0;

/// The chosen film, in words and as one bar.
#[component]
pub(super) fn Film(shown: Shown) -> impl IntoView {
    let shell = shell();
    let said = move || {
        shown.with_film(|of, film, at| {
            words::written_out(of, film, shell.site.catalogue().title(film.item), at + 1)
        })
    };
    let bar = move || shown.with_film(|of, film, _| stack(of, film));
    view! {
        <p class="points-of" role="status">{said}</p>
        <div class="stack is-tall" aria-hidden="true">{bar}</div>
    }
}

/// Every film of the list with its bar; a click chooses it.
#[component]
pub(super) fn Stacks(shown: Shown) -> impl IntoView {
    let key = move || {
        shown.with(|of| {
            let member = |(at, family)| {
                let swatch = format!("swatch {}", look(family, at));
                view! { <li><span class=swatch aria-hidden="true"></span>{words::title_of(family)}</li> }
            };
            of.members.iter().map(|it| &it.family).enumerate().map(member).collect_view()
        })
    };
    let rows = move || {
        shown.with(|of| {
            let row = |(at, film)| view! { <Row shown of film at /> };
            of.films.iter().enumerate().map(row).collect_view()
        })
    };
    view! {
        <h3 class="label">{words::PICTURE}</h3>
        <ul class="members">{key}</ul>
        <ol class="stacks">{rows}</ol>
        <p class="stated">{words::FULL_LENGTH}</p>
    }
}

#[component]
fn Row<'a>(shown: Shown, of: &'a Blend, film: &'a FilmPoints, at: usize) -> impl IntoView + use<> {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let item = film.item;
    let title = text::film(&shell.site.catalogue(), item);
    let is_on = shown.is_on(at);
    let places = of.members.iter().zip(&film.members).enumerate().map(|(at, (member, given))| {
        let swatch = format!("swatch {}", look(&member.family, at));
        view! { <span class="stack-place" translate="no"><span class=swatch></span>{text::ordinal(given.place)}</span> }
    });
    view! {
        <li class="stack-row" class:is-on=is_on data-row=item.0>
            <span class="place-rank" translate="no">{at + 1}</span>
            <button
                class="row-name with-mark"
                aria-pressed=move || if is_on.get() { "true" } else { "false" }
                on:click=move |_| chosen.focus_on(Some(item))
            >
                <Mark item size=MARK />
                <span translate="no">{title}</span>
                <span class="visually-hidden">", "{words::aloud(of, film)}</span>
            </button>
            <span class="stack" aria-hidden="true">{stack(of, film)}</span>
            <span class="stack-places" aria-hidden="true">{places.collect_view()}</span>
            <span class="number" translate="no">{words::points(film.score)}</span>
        </li>
    }
}

/// A part for each model, as long as its points are of all there could be.
fn stack(of: &Blend, film: &FilmPoints) -> impl IntoView + use<> {
    let most = of.most();
    let part = |(at, (member, given)): (
        usize,
        (&crate::families::blend::MemberSays, &crate::families::blend::Points),
    )| {
        let width = format!("{:.2}%", plot::bar_percent(given.points, most));
        view! { <span class=format!("part {}", look(&member.family, at)) style:width=width></span> }
    };
    of.members.iter().zip(&film.members).enumerate().map(part).collect_view()
}
