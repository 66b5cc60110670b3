//! What only the reader can tell, as data: asked once, answered by reading again with the answer.

use std::collections::BTreeMap;

use glassrec_core::catalog::ItemRow;

use crate::dates::Order;
use crate::entry::Scale;

/// A question, and what may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub about: About,
    pub choices: Vec<Choice>,
    /// What holds until it is answered; without it, what the question is about is not used yet.
    pub meanwhile: Option<Choice>,
    /// From the file, to show beside: "01/02/2024".
    pub examples: Vec<String>,
}

/// What is asked. The same question has the same value whenever the files are read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Whose rows of the file: a file of several people.
    Whose { file: String },
    /// Whether 01/02 is the first of February, for all dates of the file.
    DayOrMonth { file: String },
    /// Whether the films of the file were seen.
    SeenOrWanted { file: String },
    /// What the file's ratings are numbers of.
    Scale { file: String },
    /// What a rating of 0 means.
    Zero { file: String },
    /// Whether a few minutes of a film are the film.
    ShortViewings { file: String },
    /// Which of several films is meant. It may be answered unasked, with any film: so the reader
    /// corrects a match, or finds what was not found.
    Film { title: String, year: Option<u16>, imdb: Option<u32> },
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    Person(String),
    Order(Order),
    Seen,
    Wanted,
    /// Liked, which says nothing of the day.
    Liked,
    Scale(Scale),
    ZeroIsUnrated,
    ZeroIsLowest,
    Count,
    LeaveOut,
    Film(ItemRow),
}

/// The reader's answers. One that does not belong to its question is as good as none.
pub type Answers = BTreeMap<About, Choice>;

impl Question {
    pub(crate) fn new(about: About, choices: Vec<Choice>) -> Self {
        Self { about, choices, meanwhile: None, examples: Vec::new() }
    }

    pub(crate) fn meanwhile(mut self, choice: Choice) -> Self {
        self.meanwhile = Some(choice);
        self
    }

    pub(crate) fn with_examples(mut self, examples: impl IntoIterator<Item = String>) -> Self {
        self.examples.extend(examples);
        self
    }

    /// What holds: the answer, or what holds without one.
    pub fn answer<'a>(&'a self, answers: &'a Answers) -> Option<&'a Choice> {
        let given = answers.get(&self.about).filter(|it| self.choices.contains(it));
        given.or(self.meanwhile.as_ref())
    }
}
