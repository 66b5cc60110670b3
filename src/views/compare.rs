//! Families side by side: who is chosen, their lists in columns, what they have in common.

mod agreement;
mod board;
mod choice;
mod column;
mod kept;
mod place;
mod selected;

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::session::Session;
use crate::views::examples::ExampleCards;
use crate::views::hidden::HiddenFilms;
use crate::views::in_order::InOrderOf;
use crate::views::text;

use agreement::Agreement;
use board::Board;
use choice::Choice;
use kept::KeptHistory;
use selected::Selected;

/// The film whose places are drawn: the one under the hand, else the one in focus.
#[derive(Clone, Copy)]
struct Pointed {
    under_hand: RwSignal<Option<ItemRow>>,
    selected: Memo<Option<ItemRow>>,
}

impl Pointed {
    fn new(session: Session) -> Self {
        let under_hand = RwSignal::new(None);
        let selected = Memo::new(move |_| under_hand.get().or_else(|| session.focus().get()));
        Self { under_hand, selected }
    }

    fn is(self, item: ItemRow) -> bool {
        self.selected.with(|it| *it == Some(item))
    }
}

/// `body` is where a reader who skips the head arrives.
#[component]
pub(crate) fn Compare(body: NodeRef<leptos::html::Div>) -> impl IntoView {
    let session = super::session();
    provide_context(Pointed::new(session));
    let is_empty = Memo::new(move |_| session.history().with(|it| it.is_empty()));
    let is_all_off = Memo::new(move |_| session.read_history().with(|it| it.is_empty()));
    let n_chosen = Memo::new(move |_| session.compared().len());
    view! {
        <section class="compare" aria-labelledby="compare-title">
            <h2 class="visually-hidden" id="compare-title">{text::COMPARE}</h2>
            <Choice />
            <div class="compare-body" data-view="" tabindex="-1" node_ref=body>
                {move || if is_empty.get() {
                    view! { <Welcome /> }.into_any()
                } else if is_all_off.get() {
                    view! { <p class="card">{text::ALL_OFF}</p> }.into_any()
                } else if n_chosen.get() == 0 {
                    view! { <p class="card">{text::COMPARE_NONE}</p> }.into_any()
                } else {
                    view! {
                        <KeptHistory />
                        <InOrderOf />
                        <Selected />
                        <Board />
                        <HiddenFilms />
                        <Agreement />
                    }
                    .into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <div class="card">
            <h2>{text::WELCOME}</h2>
            <p class="quiet list-lead">{text::COMPARE_EMPTY}</p>
            <div class="examples is-wide"><ExampleCards /></div>
        </div>
    }
}
