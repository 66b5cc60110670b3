//! The prompt: a history as numbered lines, and the number of the next.

use crate::manifest::Wording;

/// Before candidates that are named in the prompt.
const LISTING: &str = "The next one is one of these:\n";

/// A film as the prompt names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    pub title: String,
    pub year: Option<u16>,
}

/// Both texts that a candidate's title is read after. The reader may change them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    pub with_history: String,
    /// The same of nobody: what is likely after it is likely for everybody.
    pub without_history: String,
}

/// The orders in which candidates are named, each `[n_candidates]`: their indices, the first named first.
pub type Orders = Vec<Vec<usize>>;

impl Prompt {
    /// The prompt for `picks`, oldest first, of which the newest are named; `listed` are named in it.
    pub fn new(wording: &Wording, picks: &[Film], listed: &[Film]) -> Self {
        Self {
            with_history: context(wording, picks, listed),
            without_history: context(wording, &[], listed),
        }
    }

    /// Both texts with the candidates `listed` in `order`. `None` where they are not all named as
    /// [`Prompt::new`] does: then there is nothing to reorder.
    #[must_use]
    pub fn reordered(&self, wording: &Wording, listed: &[Film], order: &[usize]) -> Option<Self> {
        let before = listing(wording, listed);
        let films: Option<Vec<Film>> = order.iter().map(|&at| listed.get(at).cloned()).collect();
        let after = listing(wording, &films?);
        let is_listed = !listed.is_empty() && self.with_history.contains(&before);
        is_listed.then(|| Self {
            with_history: self.with_history.replacen(&before, &after, 1),
            without_history: self.without_history.replacen(&before, &after, 1),
        })
    }
}

/// What a candidate's log-probability is read of.
pub fn candidate(wording: &Wording, film: &Film) -> String {
    line(&wording.title, None, film)
}

/// `n_orders` orders of `n_candidates`, in which each candidate stands in every part of the list:
/// one shuffled order, and that turned on by equal steps. `random` gives numbers in [0, 1).
pub fn orders(n_candidates: usize, n_orders: usize, mut random: impl FnMut() -> f64) -> Orders {
    let mut first: Vec<usize> = (0..n_candidates).collect();
    for at in (1..n_candidates).rev() {
        first.swap(at, (random() * (at + 1) as f64) as usize);
    }
    let turned = |step: usize| {
        let mut order = first.clone();
        order.rotate_left(step * n_candidates / n_orders.max(1));
        order
    };
    (0..n_orders).map(turned).collect()
}

fn context(wording: &Wording, picks: &[Film], listed: &[Film]) -> String {
    let newest = &picks[picks.len().saturating_sub(wording.n_picks)..];
    let mut text = wording.opening.clone();
    for (at, film) in newest.iter().enumerate() {
        text += &line(&wording.pick, Some(at + 1), film);
    }
    text += &listing(wording, listed);
    text + &wording.asked.replace("{number}", &(newest.len() + 1).to_string())
}

fn listing(wording: &Wording, listed: &[Film]) -> String {
    if listed.is_empty() {
        return String::new();
    }
    let titles = listed.iter().map(|film| format!("-{}", candidate(wording, film)));
    LISTING.to_owned() + &titles.collect::<String>()
}

fn line(template: &str, number: Option<usize>, film: &Film) -> String {
    let (with_year, year) = match film.year {
        Some(year) => (template.to_owned(), year.to_string()),
        None => (template.replace(" ({year})", ""), String::new()),
    };
    let number = number.map(|it| it.to_string()).unwrap_or_default();
    // The title last: it may hold braces.
    with_year.replace("{number}", &number).replace("{year}", &year).replace("{title}", &film.title)
}
