//! Putting explanations to the test: on this history when the reader asks, and over many readers.

use leptos::prelude::*;

use crate::engine::protocol::ExplanationTested;
use crate::manifest::Faithfulness;
use crate::session::{Latest, Session, WhyQuestion};

impl Session {
    /// Whether the reader wants to see explanations put to the test.
    pub fn is_testing(self) -> Signal<bool> {
        self.is_testing.into()
    }

    /// Starts to put each explanation to the test, or stops.
    pub fn test_explanations(self, is_testing: bool) {
        if self.is_testing.get_untracked() != is_testing {
            self.is_testing.set(is_testing);
        }
    }

    /// The explanation on the page, put to the test.
    pub fn tested(self) -> Latest<WhyQuestion, ExplanationTested> {
        self.tested
    }

    /// What the explainers of `family` are worth over held-out readers.
    pub fn faithfulness(self, family: &str) -> Option<Faithfulness> {
        self.manifest().family(family).and_then(|entry| entry.faithfulness.clone())
    }
}
