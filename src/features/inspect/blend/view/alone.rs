//! What each model would have recommended by itself.

use leptos::prelude::*;

use super::{Shown, look, words};
use crate::families::blend::{Choice, MemberSays};
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

const MARK: f64 = 18.0;

#[component]
pub(super) fn Alone(shown: Shown) -> impl IntoView {
    let lists = move || {
        shown.with(|of| {
            let list = |(at, member)| view! { <List shown member at /> };
            of.members.iter().enumerate().map(list).collect_view()
        })
    };
    view! {
        <h3 class="label">{words::ALONE}</h3>
        <div class="alone">{lists}</div>
    }
}

#[component]
fn List<'a>(shown: Shown, member: &'a MemberSays, at: usize) -> impl IntoView + use<> {
    let films = (1..).zip(&member.top).map(|(rank, &choice)| view! { <Film shown choice rank /> });
    let films = films.collect_view();
    let swatch = format!("swatch {}", look(&member.family, at));
    view! {
        <div>
            <h4>
                <span class=swatch aria-hidden="true"></span>
                {words::alone(words::title_of(&member.family))}
            </h4>
            <ol class="small-list">{films}</ol>
        </div>
    }
}

/// `rank` is the model's own.
#[component]
fn Film(shown: Shown, choice: Choice, rank: usize) -> impl IntoView {
    let Choice { item, place } = choice;
    let name = text::film(&shell().site.catalogue(), item);
    let is_on = Memo::new(move |_| shown.with_film(|_, film, _| film.item == item) == Some(true));
    view! {
        <li class="small-film" class:is-on=is_on class:is-out=!text::is_first(place) data-row=item.0>
            <span class="place-rank" translate="no">{rank}</span>
            <Mark item size=MARK />
            <span class="small-title" translate="no">{name}</span>
            <span class="number">{words::here(place)}</span>
        </li>
    }
}
