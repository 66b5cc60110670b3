//! What a family shows of itself beyond its scores: the numbers behind its own view, in its own types.
//!
//! What several families show has its form here; what one alone shows, and what is done to its
//! model, lies with it. Between engine and page the numbers travel as JSON, what is done to the
//! model as a link writes it, so that nobody on the way knows either.

pub mod positions;
pub mod said;
pub mod sums;
pub mod walk;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Family, FamilyError, GraphOutputs, GraphRun, REGISTRY};
use crate::history::History;

/// What a family shows, and how it comes to it.
///
/// A family asks for its runs one after another, each in view of what the ones before gave, and
/// then reads them. Like [`Family`] it never runs anything itself.
pub trait Inspect {
    /// What is shown is called so: by the family's name, or where several show the same by its own.
    const FORM: &'static str;
    type Probe: Probe;
    type Shown: Serialize + DeserializeOwned + PartialEq + Send + Sync + 'static;

    /// The next run, in view of what the runs before gave; `None` once there is enough.
    ///
    /// # Errors
    /// [`FamilyError::WrongOutput`] if the runs before gave something else.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, Self::Probe>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError>;

    /// Reads what the runs gave, in their order.
    ///
    /// # Errors
    /// [`FamilyError::WrongOutput`] if they are not what was asked for.
    fn read(
        family: &dyn Family,
        question: &Question<'_, Self::Probe>,
        given: Vec<GraphOutputs>,
    ) -> Result<Self::Shown, FamilyError>;
}

/// What the reader does to a model to see how it answers. The default leaves it as it is.
pub trait Probe: Clone + Default + PartialEq + Send + Sync + 'static {
    /// As a link writes it: empty for the model as it is.
    fn to_address(&self) -> String;

    /// What [`Self::to_address`] wrote; `None` for anything else, and for nothing.
    fn from_address(text: &str) -> Option<Self>;
}

/// Of families to which nothing is done.
impl Probe for () {
    fn to_address(&self) -> String {
        String::new()
    }

    fn from_address(_text: &str) -> Option<Self> {
        None
    }
}

/// What a family is asked to show of itself.
#[derive(Debug)]
pub struct Question<'a, P: ?Sized> {
    /// The picks that the family reads, oldest first: no more than its `max_history`.
    pub picks: &'a History,
    /// All picks: none of them is recommended, read or not.
    pub history: &'a History,
    pub probe: &'a P,
    pub n_items: usize,
}

/// How a family is looked into: a part of its line in the registry, the same for all.
#[derive(Clone, Copy, Debug)]
pub struct Inspection {
    /// See [`Inspect::FORM`].
    pub form: &'static str,
    probe: fn(&str) -> Option<String>,
    next_run: NextRun,
    read: Read,
}

type Outcome<T> = Result<T, FamilyError>;
type NextRun = fn(&dyn Family, &Question<'_, str>, &[GraphOutputs]) -> Outcome<Option<GraphRun>>;
type Read = fn(&dyn Family, &Question<'_, str>, Vec<GraphOutputs>) -> Outcome<String>;

impl Inspection {
    pub(super) const fn of<I: Inspect>() -> Self {
        Self {
            form: I::FORM,
            probe: |text| I::Probe::from_address(text).map(|it| it.to_address()),
            next_run: |family, question, given| {
                I::next_run(family, &question.with(&probe::<I>(question)), given)
            },
            read: |family, question, given| {
                let shown = I::read(family, &question.with(&probe::<I>(question)), given)?;
                Ok(serde_json::to_string(&shown)?)
            },
        }
    }

    /// As [`Inspect::next_run`].
    ///
    /// # Errors
    /// The same.
    pub fn next_run(
        &self,
        family: &dyn Family,
        question: &Question<'_, str>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        (self.next_run)(family, question, given)
    }

    /// As [`Inspect::read`]; what is shown comes as JSON.
    ///
    /// # Errors
    /// The same.
    pub fn read(
        &self,
        family: &dyn Family,
        question: &Question<'_, str>,
        given: Vec<GraphOutputs>,
    ) -> Result<String, FamilyError> {
        (self.read)(family, question, given)
    }
}

impl<'a> Question<'a, str> {
    fn with<P>(&self, probe: &'a P) -> Question<'a, P> {
        let Self { picks, history, n_items, .. } = *self;
        Question { picks, history, probe, n_items }
    }
}

/// What is done to another family's model does nothing to this one's.
fn probe<I: Inspect>(question: &Question<'_, str>) -> I::Probe {
    I::Probe::from_address(question.probe).unwrap_or_default()
}

/// `text` as a link writes what is done to a model; `None` where no family knows it.
pub fn read_probe(text: &str) -> Option<String> {
    REGISTRY.iter().find_map(|it| (it.inspection?.probe)(text))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::catalog::ItemRow;
    use crate::families::FamilyName;
    use crate::families::tests::opened;
    use crate::manifest::tests::{made_up, read};

    #[track_caller]
    pub(in crate::families) fn check_address<P: Probe + std::fmt::Debug>(probe: &P, text: &str) {
        assert_eq!(probe.to_address(), text);
        assert_eq!(P::from_address(text).as_ref(), Some(probe));
        assert_eq!(read_probe(text).as_deref(), Some(text));
    }

    #[track_caller]
    pub(in crate::families) fn check_damaged(texts: &[&str]) {
        for text in texts {
            assert_eq!(read_probe(text), None, "{text}");
        }
    }

    #[test]
    fn what_no_family_knows_is_damaged() {
        check_damaged(&["", "7", "d7", "q7:1"]);
    }

    #[test]
    fn what_is_shown_comes_back_number_by_number() {
        let ease = opened("ease", &read(&made_up()).unwrap());
        let picks: History = [0, 1].into_iter().map(ItemRow).collect();
        // What is done to other families does nothing here.
        let question = Question { picks: &picks, history: &picks, probe: "n7", n_items: 3 };
        let inspection =
            crate::families::find(&FamilyName(ease.card().name.to_owned())).unwrap().inspection;
        let shown = inspection.unwrap().read(ease.as_ref(), &question, vec![]).unwrap();
        let sums: sums::Shown = serde_json::from_str(&shown).unwrap();
        let expected = sums::Sums::read(ease.as_ref(), &question.with(&()), vec![]).unwrap();
        assert_eq!(sums, expected);
    }
}
