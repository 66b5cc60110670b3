//! A blend of models.

use crate::families::blend::{FilmPoints, Shown};
use crate::families::{self, FamilyName};
use crate::figures;
use crate::ui::words::{counted, grouped, listed, ordinal};

pub(super) const ABOUT: &str = "ranks added up";
pub(super) const TOGETHER: &str = "together";
pub(super) const RANKS_THERE: &str = "its list alone";
pub(super) const POINTS: &str = "points";
pub(super) const FOLLOW: &str = "Follow a film";

pub(super) fn title_of(family: &FamilyName) -> &'static str {
    families::find(family).map_or("", |it| it.card.title)
}

/// How places become a score.
pub(super) fn lead(shown: &Shown) -> String {
    let titles: Vec<String> =
        shown.members.iter().map(|it| title_of(&it.family).to_owned()).collect();
    let worth = |place| points(shown.worth(place));
    let mut said = format!(
        "{} each rank the {} that are not yours. A 1st place is worth {} points, a 2nd {}, a 10th \
         {}, a 100th {}, and a film’s score is the sum.",
        listed(&titles),
        counted(shown.n_places, "film", "films"),
        worth(1),
        worth(2),
        worth(10),
        worth(100),
    );
    let unlike = shown.members.iter().filter(|it| it.weight != 1.0);
    let counts = |(family, weight): (&FamilyName, f64)| {
        format!("those of {} count {} times", title_of(family), figures::plain(weight as f32, 2))
    };
    let counted: Vec<String> = unlike.map(|it| counts((&it.family, it.weight))).collect();
    if !counted.is_empty() {
        said += &format!(" Of these points {}.", listed(&counted));
    }
    said
}

/// "Heat is 2nd with 1.523 points: 0.955 from EASE (2nd there) and 0.568 from GRU4Rec (18th there)".
pub(super) fn claim(shown: &Shown, film: &FilmPoints, title: &str, place: usize) -> String {
    let given = shown.members.iter().zip(&film.members);
    let parts: Vec<String> = given
        .map(|(member, given)| {
            let (points, place) = (points(given.points), ranked(given.place));
            format!("{points} from {} ({place} there)", title_of(&member.family))
        })
        .collect();
    let (place, score) = (ordinal(place), points(film.score));
    format!("{title} is {place} with {score} points: {}", listed(&parts))
}

/// "That is 63 % and 37 % of its points."
pub(super) fn say(film: &FilmPoints) -> String {
    let shares: Vec<String> = film.percents().iter().map(|it| format!("{it} %")).collect();
    format!("That is {} of its points. A full bar is a first place everywhere.", listed(&shares))
}

/// A film and its places, for who does not see it.
pub(super) fn aloud(shown: &Shown, film: &FilmPoints, title: &str) -> String {
    let given = shown.members.iter().zip(&film.members);
    let places: Vec<String> = given
        .map(|(member, given)| format!("{} at {}", ordinal(given.place), title_of(&member.family)))
        .collect();
    format!("{title}, {}", listed(&places))
}

/// "2nd", "1,234th".
pub(super) fn ranked(place: usize) -> String {
    let written = ordinal(place);
    let ending = written.trim_start_matches(|it: char| it.is_ascii_digit());
    format!("{}{ending}", grouped(place))
}

/// "3rd of 10".
pub(super) fn of_films(at: usize, n: usize) -> String {
    format!("{} of {n}", ordinal(at + 1))
}

/// "0.955".
pub(super) fn points(value: f32) -> String {
    figures::plain(value, 3)
}
