//! What the reader said of films, beside picking them.

use crate::catalog::ItemRow;

/// What a reader says of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feedback {
    Liked,
    NotForMe,
    Seen,
}

/// What was said of each film, the newest last: no film twice.
pub type Feedbacks = Vec<(ItemRow, Feedback)>;

impl Feedback {
    /// Whether lists leave out a film of which this was said.
    pub fn hides(self) -> bool {
        self != Self::Liked
    }
}

/// What was said of `item`.
pub fn of(all: &[(ItemRow, Feedback)], item: ItemRow) -> Option<Feedback> {
    all.iter().find(|it| it.0 == item).map(|it| it.1)
}

/// Says `feedback` of `item` in place of what was said before; `None` takes that back.
pub fn say(all: &mut Feedbacks, item: ItemRow, feedback: Option<Feedback>) {
    all.retain(|it| it.0 != item);
    all.extend(feedback.map(|it| (item, it)));
}

/// The films that lists leave out, in the order in which they were hidden.
pub fn hidden(all: &[(ItemRow, Feedback)]) -> Vec<ItemRow> {
    all.iter().filter(|it| it.1.hides()).map(|it| it.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_on_a_film_holds_and_can_be_taken_back() {
        let (alien, heat) = (ItemRow(1), ItemRow(2));
        let mut all = Feedbacks::new();
        say(&mut all, alien, Some(Feedback::Liked));
        say(&mut all, heat, Some(Feedback::Seen));
        say(&mut all, alien, Some(Feedback::NotForMe));
        assert_eq!(of(&all, alien), Some(Feedback::NotForMe));
        assert_eq!(hidden(&all), [heat, alien]);
        say(&mut all, heat, None);
        assert_eq!(all, [(alien, Feedback::NotForMe)]);
        assert_eq!(of(&all, heat), None);
    }

    #[test]
    fn a_film_that_is_liked_stays_in_lists() {
        assert!(hidden(&[(ItemRow(3), Feedback::Liked)]).is_empty());
    }
}
