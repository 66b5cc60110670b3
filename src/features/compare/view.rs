//! Families side by side: who is chosen, their lists in columns, what they have in common.

use leptos::prelude::*;

use super::board::Board;
use super::choice::Choice;
use super::kept::KeptHistory;
use super::selected::Selected;
use super::side_by_side::SideBySide;
use super::{address, tables, words};
use crate::catalog::ItemRow;
use crate::shell::feature::Here;
use crate::state::chosen::Chosen;
use crate::state::compared::Compared;
use crate::state::preview::Previewing;
use crate::state::shell::Shell;
use crate::ui::dom_id;
use crate::ui::examples::ExampleCards;
use crate::ui::hidden::HiddenFilms;
use crate::ui::in_order::InOrderOf;
use crate::ui::shell;
use crate::ui::words as text;

/// The film whose places are drawn: the one under the hand, else the one in focus.
#[derive(Clone, Copy)]
pub(super) struct Pointed {
    pub(super) under_hand: RwSignal<Option<ItemRow>>,
    pub(super) selected: Memo<Option<ItemRow>>,
}

impl Pointed {
    fn new(shell: Shell) -> Self {
        let under_hand = RwSignal::new(None);
        let selected =
            Memo::new(move |_| under_hand.get().or_else(|| shell.get::<Chosen>().focus().get()));
        Self { under_hand, selected }
    }

    pub(super) fn is(self, item: ItemRow) -> bool {
        self.selected.with(|it| *it == Some(item))
    }
}

pub const HERE: Here = Here {
    figure: Some(|| view! { <CompareAlone /> }.into_any()),
    part: Some(address::part),
    news: |shell| {
        let comparison = shell.get::<Compared>().comparison().get()?;
        Some(words::compared_aloud(&shell.site.catalogue(), &comparison))
    },
    tables: tables::tables,
    ..Here::of(|body| view! { <Compare body /> }.into_any(), |_| words::COMPARE.to_owned())
};

/// `body` is where a reader who skips the head arrives.
#[component]
fn Compare(body: NodeRef<leptos::html::Div>) -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    compared.want();
    compared.choose_first();
    let lists = Signal::derive(move || {
        compared.chosen().into_iter().map(|it| it.previewed_changes()).collect()
    });
    shell.get::<Previewing>().count(lists);
    provide_context(Pointed::new(shell));
    let is_empty = Memo::new(move |_| shell.reader.history().with(|it| it.is_empty()));
    let is_all_off = Memo::new(move |_| shell.reader.read_history().with(|it| it.is_empty()));
    let n_chosen = Memo::new(move |_| compared.chosen().len());
    view! {
        <section class="compare" aria-labelledby=dom_id("compare-title")>
            <h2 class="visually-hidden" id=dom_id("compare-title")>{words::COMPARE}</h2>
            <Choice />
            <div class="compare-body" data-view="" tabindex="-1" node_ref=body>
                {move || if is_empty.get() {
                    view! { <Welcome /> }.into_any()
                } else if is_all_off.get() {
                    view! { <p class="card">{text::ALL_OFF}</p> }.into_any()
                } else if n_chosen.get() == 0 {
                    view! { <p class="card">{words::COMPARE_NONE}</p> }.into_any()
                } else {
                    view! {
                        <InOrderOf />
                        <SideBySide />
                        <Selected />
                        <KeptHistory />
                        <Board />
                        <HiddenFilms />
                    }
                    .into_any()
                }}
            </div>
        </section>
    }
}

/// The figure by itself, of the models that the address names or else the first.
#[component]
fn CompareAlone() -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    compared.want();
    compared.choose_first();
    provide_context(Pointed::new(shell));
    view! { <div class="compare"><SideBySide /></div> }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <div class="card">
            <h2>{text::WELCOME}</h2>
            <p class="quiet list-lead">{words::COMPARE_EMPTY}</p>
            <div class="examples is-wide"><ExampleCards /></div>
        </div>
    }
}
