//! The same as a table.

use leptos::prelude::*;

use super::{Shown, words};
use crate::families::blend::FilmPoints;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Numbers(shown: Shown) -> impl IntoView {
    let names = move || {
        shown.with(|of| {
            let name = |it: &crate::families::blend::MemberSays| {
                view! { <th scope="colgroup" colspan="3">{words::title_of(&it.family)}</th> }
            };
            of.members.iter().map(name).collect_view()
        })
    };
    let heads = move || {
        let head = |name| view! { <th scope="col" class="number">{name}</th> };
        let of_one = || [words::PLACE, words::POINTS, words::SHARE].map(head);
        shown.with(|of| of.members.iter().map(|_| of_one()).collect_view())
    };
    let rows = move || {
        shown.with(|of| {
            let row = |(at, film)| view! { <Row shown film at /> };
            of.films.iter().enumerate().map(row).collect_view()
        })
    };
    view! {
        <div class="scroller" tabindex="0" role="group" aria-label=words::TABLE>
            <table class="inside-table points">
                <caption class="label">{words::TABLE}</caption>
                <thead>
                    <tr><td></td>{names}<td></td></tr>
                    <tr>
                        <th scope="col">{text::FILM}</th>
                        {heads}
                        <th scope="col" class="number">{words::SCORE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row<'a>(shown: Shown, film: &'a FilmPoints, at: usize) -> impl IntoView + use<> {
    let title = text::film(&shell().site.catalogue(), film.item);
    let cells = film.members.iter().zip(film.percents()).map(|(given, percent)| {
        view! {
            <td class="number" translate="no">{text::grouped(given.place)}</td>
            <td class="number" translate="no">{words::points(given.points)}</td>
            <td class="number" translate="no">{format!("{percent} %")}</td>
        }
    });
    let cells = cells.collect_view();
    view! {
        <tr class:is-on=shown.is_on(at) data-row=film.item.0>
            <th scope="row" translate="no">{title}</th>
            {cells}
            <td class="number" translate="no"><b>{words::points(film.score)}</b></td>
        </tr>
    }
}
