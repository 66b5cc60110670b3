//! How much of the history the prompt tells, and the rankings that came of it.

use reactive_graph::graph::untrack;
use reactive_graph::traits::{
    Get, GetUntracked, GetValue, Set, UpdateValue, WithUntracked, WithValue,
};

use super::desk::films;
use super::{PromptState, Prompted};
use crate::catalog::ItemRow;
use crate::language::Prompt;

/// So many rankings are kept.
const MOST_KEPT: usize = 40;

impl PromptState {
    /// The films of the history that a prompt can name, oldest first.
    pub fn films(self) -> Vec<ItemRow> {
        let most = self.language().model().map_or(0, |it| it.prompt.n_picks);
        let films: Vec<ItemRow> = self.given.history.get().iter().collect();
        films[films.len().saturating_sub(most)..].to_vec()
    }

    /// How many of them the prompt names.
    pub fn n_told(self) -> usize {
        let n_films = self.films().len();
        self.told.get().map_or(n_films, |it| it.min(n_films))
    }

    /// Lets the prompt name `n` films of the history, at least one, and ranks anew if there was a ranking. What the
    /// reader wrote goes.
    pub fn tell(self, n: usize) {
        let n_films = untrack(|| self.films().len());
        self.told.set(Some(n.max(1)).filter(|&it| it < n_films));
        untrack(|| self.remake());
        self.reset();
        if self.prompted.with_untracked(Option::is_none) {
            return;
        }
        self.cancel();
        let prompt = self.prompt.get_untracked();
        let settings = self.settings.get_untracked();
        let candidates = self.candidates.get_untracked();
        let known = self.rankings.with_value(|all| {
            let is_it = |(of, it): &&(Prompt, Prompted)| {
                *of == prompt && it.settings == settings && candidates.films() == it.candidates
            };
            all.iter().find(is_it).map(|it| it.1.clone())
        });
        match known {
            Some(known) => self.prompted.set(Some(known)),
            None if untrack(|| self.language().is_ready()) => self.rank(),
            None => {}
        }
    }

    /// Keeps a ranking, so that a step back to its prompt needs no run.
    pub(super) fn keep(self, prompt: Prompt, prompted: &Prompted) {
        self.rankings.update_value(|all| {
            let is_same = |(of, it): &(Prompt, Prompted)| {
                *of == prompt
                    && it.candidates == prompted.candidates
                    && it.settings == prompted.settings
            };
            all.retain(|it| !is_same(it));
            all.push((prompt, prompted.clone()));
            all.drain(..all.len().saturating_sub(MOST_KEPT));
        });
    }

    /// Makes the prompt of the history, the candidates and the settings as they are.
    pub(super) fn remake(self) {
        let Some(model) = self.language().model() else { return };
        let catalogue = self.given.catalogue.get_value();
        let told = &self.films()[..self.n_told()];
        let is_listed = self.settings.get().n_orders > 0;
        let candidates = self.candidates.get();
        let listed = if is_listed { candidates.films() } else { &[] };
        let prompt =
            Prompt::new(&model.prompt, &films(&catalogue, told), &films(&catalogue, listed));
        if self.made.with_untracked(|it| *it != prompt) {
            self.made.set(prompt.clone());
            self.prompt.set(prompt);
        }
    }
}
