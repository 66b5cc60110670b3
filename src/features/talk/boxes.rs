//! Manager, retrieval and ranker: what each was given in the newest turn, and what it gave.

use leptos::prelude::*;

use super::sentences;
use super::state::Turn;
use super::view::state;
use super::words;
use crate::ui;
use crate::ui::shell;
use crate::ui::words as text;

/// One of the five parts, with what it was given and what it gave.
#[component]
pub(super) fn StepBox(
    title: &'static str,
    lead: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <section class="card step">
            <h3>{title}</h3>
            <p class="quiet">{lead}</p>
            {children()}
        </section>
    }
}

fn newest() -> Memo<Option<Turn>> {
    let turns = state().turns();
    Memo::new(move |_| turns.with(|it| it.last().cloned()))
}

#[component]
fn GivenAndGave(given: String, gave: String) -> impl IntoView {
    view! {
        <dl class="given">
            <dt>{words::GIVEN}</dt>
            <dd>{given}</dd>
            <dt>{words::GAVE}</dt>
            <dd>{gave}</dd>
        </dl>
    }
}

#[component]
pub(super) fn Manager() -> impl IntoView {
    let newest = newest();
    view! {
        <StepBox title=words::MANAGER lead=words::MANAGER_LEAD>
            {move || newest.get().map(|turn| view! {
                <GivenAndGave given=sentences::shortened(&turn.message) gave=words::heard(turn.heard.intent) />
            })}
        </StepBox>
    }
}

#[component]
pub(super) fn Retrieval() -> impl IntoView {
    let newest = newest();
    let shell = shell();
    view! {
        <StepBox title=words::RETRIEVAL lead=words::RETRIEVAL_LEAD>
            {move || newest.get().map(|turn| view! {
                <GivenAndGave
                    given=words::searched(&shell.site.catalogue(), &turn.heard.wish)
                    gave=words::retrieved(turn.n_fit, shell.site.catalogue().n_items())
                />
            })}
        </StepBox>
    }
}

#[component]
pub(super) fn Ranking() -> impl IntoView {
    let newest = newest();
    let state = state();
    view! {
        <StepBox title=words::RANKER lead=words::RANKER_LEAD>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || state.reads_history().get()
                    on:change=move |event| state.reads_history().set(event_target_checked(&event))
                />
                {words::READ_HISTORY}
            </label>
            {move || newest.get().filter(|it| !it.ranked.is_empty()).map(|turn| view! { <RankTable turn /> })}
        </StepBox>
    }
}

/// Every film of the answer with the pieces its score is the sum of.
#[component]
fn RankTable(turn: Turn) -> impl IntoView {
    let shell = shell();
    let catalogue = shell.site.catalogue();
    let plain_ranks = turn.plain_ranks;
    let rows = turn
        .ranked
        .into_iter()
        .enumerate()
        .map(|(at, it)| {
            let name = ui::words::film(&catalogue, it.item);
            let was = plain_ranks.get(at).filter(|&&rank| rank != at + 1).map(|&rank| {
                view! { " "<small class="was">{text::was(rank)}</small> }
            });
            let pieces = [
                it.score,
                it.meaning,
                it.likeness,
                it.shared,
                it.traits,
                it.popularity,
                it.named,
                it.next,
            ];
            let cells =
                pieces.map(|piece| view! { <td translate="no">{ui::words::score(piece)}</td> });
            view! {
                <tr data-row=it.item.0>
                    <th scope="row"><span translate="no">{name}</span>{was}</th>
                    {cells.into_iter().collect_view()}
                </tr>
            }
        })
        .collect_view();
    let heads = words::RANK_HEADS.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <div class="scroller" tabindex="0" role="group" aria-label=words::RANKER>
            <table class="ranked">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
