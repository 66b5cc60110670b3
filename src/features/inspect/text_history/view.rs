//! A sum whose weights are likenesses of texts: which words make a pick and a film alike.

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::catalog::ItemRow;
use crate::engine::protocol::{ExplainSearch, SearchExplained};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::sums;
use crate::features::inspect::sums::view::Shown;
use crate::history::History;
use crate::state::encoder::Encoder;
use crate::state::latest::Latest;
use crate::state::matches::MatchQuestion;
use crate::state::shell::Shell;
use crate::ui::matches::Matches;
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::inspect::sums::Sums;
    const NAME: &'static str = "text_history";

    fn show() -> AnyView {
        let shown = Shown::new();
        view! {
            <sums::view::Inside shown />
            <Alike shown />
        }
        .into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        sums::tables::tables(shown, picks, catalogue)
    }
}

/// Which words of the film's strongest pick and which of its facts make the two alike.
#[component]
fn Alike(shown: Shown) -> impl IntoView {
    let shell = shell();
    let alike = RwSignal::new(None::<(ItemRow, ItemRow)>);
    let why = why_alike(shell, alike);
    let pair = Memo::new(move |_| {
        let film = shown.film.get()?;
        let best = film.parts.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?.0;
        Some((shown.pick_at(best)?, film.item))
    });
    let is_asked = move || pair.get().is_some() && alike.get() == pair.get();
    let offer = move || {
        let (pick, item) = pair.get()?;
        let catalogue = shell.site.catalogue();
        let words = words::why_alike(
            catalogue.title(pick),
            catalogue.title(item),
            missing_encoder_bytes(shell),
        );
        let ask = move |_| alike.set(Some((pick, item)));
        Some(view! { <button class="button" on:click=ask>{words}</button> })
    };
    let answer = move || {
        if let Some(error) = shell.notices.shown_failure(why) {
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
    shell: Shell,
    alike: RwSignal<Option<(ItemRow, ItemRow)>>,
) -> Latest<MatchQuestion, SearchExplained> {
    let question = move || {
        let (pick, item) = alike.get()?;
        let is_picked = shell.reader.read_history().with(|it| it.contains(pick));
        let text = is_picked.then(|| shell.site.catalogue().item_text(pick))?;
        Some(MatchQuestion { text, item, encoder: shell.get::<Encoder>().name().get() })
    };
    Latest::new(question, move |MatchQuestion { text, item, encoder }| {
        shell.engine.handle().ask(ExplainSearch { text, item, encoder })
    })
}

/// What the text encoder in use still has to fetch before it can answer, in bytes.
fn missing_encoder_bytes(shell: Shell) -> u64 {
    let encoder = shell.get::<Encoder>().name().get();
    let offers = shell.get::<Encoder>().offers().into_iter();
    offers.filter(|it| it.name == encoder && !it.is_here).map(|it| it.n_bytes).sum()
}
