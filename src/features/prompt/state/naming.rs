//! Films that the model names by itself: a beam through the trie of all titles.

use std::sync::Arc;

use reactive_graph::traits::{GetUntracked, GetValue, Set, SetValue};

use super::desk::{Desk, Halt, films};
use super::ranking::Progress;
use super::{Doing, Named, PromptState};
use crate::catalog::ItemRow;
use crate::engine::protocol::TokenWant;
use crate::language::{Beam, Choice, Trie};

/// Titles that the model names by itself.
const N_NAMED: usize = 5;
/// Titles made into tokens at a time, between which the page may paint.
const TITLES_PER_STEP: usize = 400;

impl PromptState {
    pub(super) async fn films_named(self, turn: u32) -> Result<Named, Halt> {
        let desk = self.desk()?;
        let titles = self.titles(&desk, turn).await?;
        let prefix = desk.prefix(&self.prompt.get_untracked().with_history, &[])?;
        let mut progress = Progress::new(turn, 0, self.settings.get_untracked().is_adapted);
        self.prefill(&prefix, &mut progress).await?;
        let mut beam = Beam::new(N_NAMED);
        loop {
            let rows = beam.rows();
            let Some(length) = rows.first().map(Vec::len) else { break };
            let n_rows = rows.len();
            let read = self
                .language()
                .read(
                    progress.is_adapted,
                    prefix.clone(),
                    rows,
                    TokenWant::Among(beam.allowed(&titles)),
                )
                .await?;
            progress.effort.n_title_tokens += n_rows * (length + 1);
            progress.effort.title_millis += read.cost.millis;
            self.go_on(turn)?;
            self.doing.set(Doing::Naming { n_tokens: length + 1 });
            beam.advance(&titles, &read.numbers);
        }
        let film = |it: &Choice| (ItemRow(it.sequence as u32), it.log_prob);
        let films = beam.done().iter().map(film).collect();
        let picks = self.given.history.get_untracked().iter().collect();
        Ok(Named { films, picks, effort: progress.effort })
    }

    /// All titles of the catalogue, as tokens; a sequence's index is the film's row.
    async fn titles(self, desk: &Desk, turn: u32) -> Result<Arc<Trie>, Halt> {
        if let Some(titles) = self.titles.get_value() {
            return Ok(titles);
        }
        let rows: Vec<ItemRow> = desk.catalogue.rows().collect();
        let mut sequences = Vec::with_capacity(rows.len());
        for some in rows.chunks(TITLES_PER_STEP) {
            sequences.extend(films(&desk.catalogue, some).iter().map(|it| desk.title(it)));
            (self.given.clock.pause)().await;
            self.go_on(turn)?;
        }
        let titles = Arc::new(Trie::new(sequences));
        self.titles.set_value(Some(titles.clone()));
        Ok(titles)
    }
}
