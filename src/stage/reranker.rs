//! A re-ranker of a reader who likes the films at even rows.

use super::vectors;
use crate::catalog::ItemRow;
use crate::reranker::{Check, CurvePoint, Interval, Mark, Settings, Trained, Training};

/// As many films as its marks need.
pub(crate) const N_FILMS: usize = 60;

pub(crate) fn titles() -> Vec<String> {
    (0..N_FILMS).map(|it| format!("Film {it}")).collect()
}

/// Trained on forty marks. What the check found is `difference` between it and the plain comparison.
pub(crate) fn trained(difference: Interval) -> Trained {
    let mark = |row: u32| Mark { item: ItemRow(row), is_liked: row.is_multiple_of(2) };
    let marks: Vec<Mark> = (0..40).map(mark).collect();
    let mut training = Training::new(&vectors(N_FILMS), &marks, Settings::default()).unwrap();
    let mut trained = loop {
        if let Some(trained) = training.step() {
            break trained;
        }
    };
    let area = |value, low, high| Interval { value, low, high };
    trained.check = Check {
        n_liked: 20,
        n_disliked: 20,
        reranker: area(0.9, 0.85, 0.95),
        plain: area(0.7, 0.6, 0.8),
        difference,
    };
    trained.curve.truncate(2);
    trained.curve[0] = CurvePoint { trained: 0.693, held_out: 0.7 };
    trained.curve[1] = CurvePoint { trained: 0.25, held_out: 0.5 };
    trained.n_epochs = 1;
    trained
}

/// Of a check that shows that it helps.
pub(crate) const HELPS: Interval = Interval { value: 0.2, low: 0.1, high: 0.3 };
/// Of one that shows nothing.
pub(crate) const SHOWS_NOTHING: Interval = Interval { value: 0.2, low: -0.1, high: 0.5 };
