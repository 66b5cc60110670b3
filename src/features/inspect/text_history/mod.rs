//! A sum whose weights are likenesses of texts: which words make a pick and a film alike.

mod words;

use leptos::prelude::*;

use super::sums::{self, Shown};
use crate::catalog::ItemRow;
use crate::engine::protocol::{ExplainSearch, SearchExplained};
use crate::session::{Latest, MatchQuestion, Session};
use crate::views::matched::Matches;
use crate::views::problem::Problem;
use crate::views::{session, text};

pub(super) fn view() -> AnyView {
    let shown = Shown::new();
    view! {
        <sums::Inside shown />
        <Alike shown />
    }
    .into_any()
}

/// Which words of the film's strongest pick and which of its facts make the two alike.
#[component]
fn Alike(shown: Shown) -> impl IntoView {
    let session = session();
    let alike = RwSignal::new(None::<(ItemRow, ItemRow)>);
    let why = why_alike(session, alike);
    let pair = Memo::new(move |_| {
        let film = shown.film.get()?;
        let best = film.parts.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?.0;
        Some((shown.pick_at(best)?, film.item))
    });
    let is_asked = move || pair.get().is_some() && alike.get() == pair.get();
    let offer = move || {
        let (pick, item) = pair.get()?;
        let catalogue = session.catalogue();
        let words = words::why_alike(
            catalogue.title(pick),
            catalogue.title(item),
            missing_encoder_bytes(session),
        );
        let ask = move |_| alike.set(Some((pick, item)));
        Some(view! { <button class="button" on:click=ask>{words}</button> })
    };
    let answer = move || {
        if let Some(error) = session.shown_failure(why) {
            return view! { <Problem error on_retry=move || why.retry() /> }.into_any();
        }
        match why.get() {
            Some(it) if !why.is_stale() => view! { <Matches matches=it.answer /> }.into_any(),
            _ => view! { <p class="quiet spin" role="status">{text::FOUND_WAITING}</p> }.into_any(),
        }
    };
    view! {
        <div class="alike">
            <Show when=is_asked fallback=move || offer()>{answer}</Show>
        </div>
    }
}

/// Which words of the pick and which facts of the film in `alike` make them alike.
fn why_alike(
    session: Session,
    alike: RwSignal<Option<(ItemRow, ItemRow)>>,
) -> Latest<MatchQuestion, SearchExplained> {
    let question = move || {
        let (pick, item) = alike.get()?;
        let is_picked = session.read_history().with(|it| it.contains(pick));
        let text = is_picked.then(|| session.catalogue().item_text(pick))?;
        Some(MatchQuestion { text, item, encoder: session.encoder().get() })
    };
    Latest::new(question, move |MatchQuestion { text, item, encoder }| {
        session.engine().ask(ExplainSearch { text, item, encoder })
    })
}

/// What the text encoder in use still has to fetch before it can answer, in bytes.
fn missing_encoder_bytes(session: Session) -> u64 {
    let encoder = session.encoder().get();
    let offers = session.encoder_offers().into_iter();
    offers.filter(|it| it.name == encoder && !it.is_here).map(|it| it.n_bytes).sum()
}
