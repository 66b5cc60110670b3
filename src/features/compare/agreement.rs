//! What the lists agree on, and what they dispute: words and numbers for all that is drawn above.

use leptos::prelude::*;

use super::view::Pointed;
use super::words;
use crate::compare::Placed;
use crate::families::Card;
use crate::plot;
use crate::state::compared::Compared;
use crate::state::compared::Comparison;
use crate::state::lists::N_RANKED;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Agreement() -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let comparison = compared.comparison();
    let is_stale = move || {
        comparison.with(|it| {
            it.as_ref().is_some_and(|it| shell.reader.read_history().with(|now| it.history != *now))
        })
    };
    view! {
        <div class="agreement" class:is-stale=is_stale>
            {move || comparison.get().map(|it| view! {
                <Consensus comparison=it.clone() />
                <Dispute comparison=it />
            })}
        </div>
    }
}

/// The films most lists agree on, each with its rank in every list.
#[component]
fn Consensus(comparison: Comparison) -> impl IntoView {
    let Comparison { cards, consensus, .. } = comparison;
    let rule = words::consensus_rule(&cards);
    let heads = cards
        .iter()
        .map(|card| {
            view! { <th scope="col" class=kind_class(card.kind)><span>{card.title}</span></th> }
        })
        .collect_view();
    let rows = consensus
        .into_iter()
        .zip(1_usize..)
        .map(|(placed, rank)| view! { <ConsensusRow placed rank cards=cards.clone() /> })
        .collect_view();
    view! {
        <section class="card consensus" aria-labelledby=dom_id("consensus-title")>
            <h2 id=dom_id("consensus-title")>{words::CONSENSUS}</h2>
            <p class="quiet list-lead">{rule}</p>
            <div class="scroller" tabindex="0" role="group" aria-labelledby=dom_id("consensus-title")>
                <table>
                    <thead>
                        <tr>
                            <th scope="col"><span class="visually-hidden">{words::RANK}</span></th>
                            <th scope="col">{text::FILM}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn ConsensusRow(placed: Placed, rank: usize, cards: Vec<&'static Card>) -> impl IntoView {
    let pointed: Pointed = expect_context();
    let title = text::film(&shell().site.catalogue(), placed.item);
    let item = placed.item;
    let cells = placed
        .ranks
        .into_iter()
        .zip(cards)
        .map(|(rank, card)| {
            let class = if rank.is_some_and(text::is_first) { "is-in" } else { "" };
            view! { <td class=format!("{class} {}", kind_class(card.kind)) translate="no">{words::rank_cell(rank)}</td> }
        })
        .collect_view();
    view! {
        <tr
            class:is-on=move || pointed.is(item)
            on:mouseenter=move |_| pointed.under_hand.set(Some(item))
            on:mouseleave=move |_| pointed.under_hand.set(None)
        >
            <td class="place-rank" translate="no">{rank}</td>
            <th scope="row" translate="no">{title}</th>
            {cells}
        </tr>
    }
}

/// The film the lists place farthest apart, and the lists that are most and least alike.
#[component]
fn Dispute(comparison: Comparison) -> impl IntoView {
    let Comparison { cards, disputed, extremes, .. } = comparison;
    let catalogue = shell().site.catalogue();
    let alike = extremes.map(|it| words::extremes(&cards, &it));
    let film = disputed.map(|it| {
        let ranks: Vec<_> = cards
            .iter()
            .zip(&it.placed.ranks)
            .map(|(card, rank)| (card.title.to_owned(), *rank))
            .collect();
        let dots = cards
            .iter()
            .zip(&it.placed.ranks)
            .map(|(card, rank)| {
                let beyond = N_RANKED + 1;
                let at = plot::rank_percent(rank.unwrap_or(beyond), beyond);
                let class = format!("rank-dot {}", kind_class(card.kind));
                view! { <circle class=class cx=format!("{at:.2}%") cy="50%" r="6" /> }
            })
            .collect_view();
        view! {
            <p class="disputed-film">{text::film(&catalogue, it.placed.item)}</p>
            <svg class="rank-line" aria-hidden="true">
                <line x1="0" x2="100%" y1="50%" y2="50%" />
                {dots}
            </svg>
            <p class="rank-ends" aria-hidden="true">
                <span>{words::RANK_FIRST}</span>
                <span>{words::RANK_BEYOND}</span>
            </p>
            <p>{words::standing(&catalogue, it.placed.item, &ranks)}</p>
            <p class="quiet">{words::spread(it.spread)}</p>
        }
    });
    let is_there = film.is_some();
    is_there.then_some(view! {
        <section class="card disputed" aria-labelledby=dom_id("disputed-title")>
            <h2 id=dom_id("disputed-title")>{words::DISPUTED}</h2>
            {film}
            <p class="alike">{alike}</p>
        </section>
    })
}
