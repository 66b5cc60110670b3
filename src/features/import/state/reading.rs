//! From files to what a reader reviews, in slices between which the page answers. Knows no signal and no view, so that
//! a worker can have it.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::source::{Source, Whole, take_in};
use crate::catalog::Catalogue;
use crate::imports::{
    Answers, Cancelled, Date, Import, Matched, Matcher, Note, Options, Question, Reading,
};
use crate::state::clock::Clock;

/// The page answers its reader between two slices.
const SLICE_MILLIS: f64 = 16.0;

/// How much is behind: every byte is taken in once and read once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HowFar {
    pub done_bytes: u64,
    pub all_bytes: u64,
}

/// Files as they were handed over.
#[derive(Clone, Debug, Default)]
pub struct Files {
    pub all: Arc<Vec<Whole>>,
    /// Of those that were refused.
    pub notes: Vec<Note>,
}

/// What files say, before any of it is used.
#[derive(Clone, Debug, Default)]
pub struct Review {
    pub import: Import,
    pub matched: Matched,
    /// Whether ids and other titles of films were known.
    pub has_details: bool,
}

impl HowFar {
    /// 0 to 1.
    pub fn share(self) -> f64 {
        self.done_bytes as f64 / self.all_bytes.max(1) as f64
    }
}

impl Review {
    /// All that the reader may answer: of files first, then of films.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.import.questions.iter().chain(&self.matched.questions)
    }

    /// Of how many questions nothing holds yet.
    pub fn n_open(&self, answers: &Answers) -> usize {
        self.questions().filter(|it| it.answer(answers).is_none()).count()
    }
}

/// Lets others go first whenever a slice is over; tells how far it is, and hears whether to go on.
pub struct Slices<T> {
    clock: Clock,
    began_at: f64,
    tell: T,
}

impl<T: FnMut(HowFar) -> ControlFlow<()>> Slices<T> {
    pub fn new(clock: Clock, tell: T) -> Self {
        Self { clock, began_at: (clock.now_millis)(), tell }
    }

    async fn go_on(&mut self, far: HowFar) -> ControlFlow<()> {
        if (self.clock.now_millis)() - self.began_at >= SLICE_MILLIS {
            return self.rest(far).await;
        }
        (self.tell)(far)
    }

    async fn rest(&mut self, far: HowFar) -> ControlFlow<()> {
        (self.tell)(far)?;
        (self.clock.pause)().await;
        self.began_at = (self.clock.now_millis)();
        // The reader may have cancelled meanwhile.
        (self.tell)(far)
    }
}

/// Takes in what the reader handed over.
///
/// # Errors
/// [`Cancelled`] if `slices` are told to stop.
pub async fn files_of(
    sources: &[Box<dyn Source>],
    slices: &mut Slices<impl FnMut(HowFar) -> ControlFlow<()>>,
) -> Result<Files, Cancelled> {
    let all_bytes = 2 * sources.iter().map(|it| it.n_bytes()).sum::<u64>();
    let go_on = async |done_bytes| slices.go_on(HowFar { done_bytes, all_bytes }).await;
    let (all, notes) = take_in(sources, go_on).await?;
    Ok(Files { all: Arc::new(all), notes })
}

/// Reads `files` with `answers` and finds their films.
///
/// # Errors
/// [`Cancelled`] if `slices` are told to stop.
pub async fn reviewed(
    files: &Files,
    answers: Answers,
    today: Date,
    catalogue: &Catalogue,
    slices: &mut Slices<impl FnMut(HowFar) -> ControlFlow<()>>,
) -> Result<Review, Cancelled> {
    let n_bytes: u64 = files.all.iter().map(|it| it.1.len() as u64).sum();
    let far = |n| HowFar { done_bytes: n_bytes + n, all_bytes: 2 * n_bytes };
    let options = Options { today, answers };
    let mut reading = Reading::new(files.all.iter().cloned(), &options);
    let mut n_read = 0;
    loop {
        let tell = &mut slices.tell;
        let is_more = reading.step(&mut |it| {
            n_read = it.read_bytes;
            tell(far(n_read))
        })?;
        unless_cancelled(slices.go_on(far(n_read)).await)?;
        if !is_more {
            break;
        }
    }
    let mut import = reading.finish();
    import.notes.extend(files.notes.iter().cloned());
    // A pass over the catalogue, and one over the films: a slice each.
    unless_cancelled(slices.rest(far(n_bytes)).await)?;
    let matcher = Matcher::new(catalogue);
    unless_cancelled(slices.rest(far(n_bytes)).await)?;
    let matched = matcher.match_all(&import, &options.answers);
    Ok(Review { import, matched, has_details: false })
}

fn unless_cancelled(flow: ControlFlow<()>) -> Result<(), Cancelled> {
    match flow {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Cancelled),
    }
}
