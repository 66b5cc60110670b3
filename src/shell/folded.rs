//! A long history, folded by year: each part opens, and is switched as one.

use leptos::prelude::*;

use super::pick::{Among, Pick};
use super::words;
use crate::catalog::ItemRow;
use crate::state::folds::{Fold, Years, folds};
use crate::ui::dom_id;
use crate::ui::shell;

#[component]
pub(super) fn FoldedStrip(is_narrow: RwSignal<bool>) -> impl IntoView {
    let shell = shell();
    let history = shell.reader.history();
    let all =
        Memo::new(move |_| history.with(|it| folds(it, &shell.site.catalogue(), is_narrow.get())));
    let years = move || all.with(|it| it.iter().map(|it| it.years).collect::<Vec<_>>());
    view! {
        <ol class="strip is-folded" aria-labelledby=dom_id("history-title")>
            <For each=years key=|it| *it children=move |years| view! { <Part years all /> } />
        </ol>
        <p class="quiet fold-note">{words::FOLDED}</p>
    }
}

#[component]
fn Part(years: Years, all: Memo<Vec<Fold>>) -> impl IntoView {
    let shell = shell();
    let items = Memo::new(move |_| {
        let find =
            |it: &Vec<Fold>| it.iter().find(|it| it.years == years).map(|it| it.items.clone());
        all.with(find).unwrap_or_default()
    });
    provide_context(Among(items));
    let n_off = Memo::new(move |_| {
        let off = shell.reader.off();
        off.with(|off| items.with(|it| it.iter().filter(|item| off.contains(item)).count()))
    });
    let n = move || items.with(Vec::len);
    let is_on = move || n_off.get() < n();
    let switch = move |_| {
        let items: Vec<ItemRow> = items.get_untracked();
        shell.reader.switch_all(&items, !untrack(is_on));
    };
    view! {
        <li class="fold" class:is-off=move || !is_on()>
            <details>
                <summary>
                    <b translate="no">{words::years(years)}</b>
                    " "
                    <small>{move || words::fold(n(), n_off.get())}</small>
                </summary>
                <ol class="fold-films">
                    <For
                        each=move || items.get()
                        key=|item| *item
                        children=|item| view! { <Pick item is_numbered=true /> }
                    />
                </ol>
            </details>
            <button
                class="pick-act pick-switch"
                role="switch"
                aria-checked=move || if is_on() { "true" } else { "false" }
                aria-label=move || words::switch_fold(years, n())
                on:click=switch
            >
                <span class="knob"></span>
            </button>
        </li>
    }
}
