//! Semantic IDs: generative retrieval that spells a film's code.

mod beam;
mod inspect;

use super::item_table::popularity_from_bytes;
use super::{
    Card, Family, FamilyError, GraphOutputs, GraphRun, Inspection, Kind, Opening, Part, Parts,
    Registered, ScoreMeaning, Scored, Want, graph,
};
use crate::catalog::ItemRow;
use crate::history::History;

pub use beam::{Beam, CodesError, SemanticCodes, Spelling};
pub use inspect::{Branch, Leaf, Path, SemanticId, Shown, Twig};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "semantic_id",
        title: "Semantic IDs",
        kind: Kind::Language,
        description: "Every film has a short code made from its text, and a small network predicts \
            the code of the next one. It knows a film only by its code, so films with similar \
            texts are alike to it.",
        score: ScoreMeaning::LogProbability,
    },
    parts: |_| vec![Part::Graph, Part::Codes, Part::PopularityScores],
    open,
    inspection: Some(Inspection::of::<inspect::SemanticId>()),
};

/// A graph with the codes that it spells.
#[derive(Debug)]
pub struct Speller {
    graph: Box<dyn Family>,
    codes: SemanticCodes,
    /// Shape `[n_items]`.
    popularity: Vec<f32>,
}

fn open(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    let n_items = opening.n_items;
    Ok(Box::new(Speller {
        graph: graph::open(opening)?,
        codes: SemanticCodes::from_json(opening.part(Part::Codes)?, n_items)?,
        popularity: popularity_from_bytes(opening.part(Part::PopularityScores)?, n_items)?,
    }))
}

impl Family for Speller {
    fn card(&self) -> &'static Card {
        self.graph.card()
    }

    fn max_history(&self) -> usize {
        self.graph.max_history()
    }

    fn plan(&self, histories: &[History], want: Want) -> Result<Vec<GraphRun>, FamilyError> {
        self.graph.plan(histories, want)
    }

    fn scores(
        &self,
        histories: &[History],
        outputs: Vec<GraphOutputs>,
    ) -> Result<Scored, FamilyError> {
        self.graph.scores(histories, outputs)
    }

    fn contributions(&self, history: &History, item: ItemRow) -> Option<Parts> {
        self.graph.contributions(history, item)
    }
}
