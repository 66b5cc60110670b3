//! A blend of models.

use crate::families::blend::{FilmPoints, Shown};
use crate::families::{self, FamilyName};
use crate::figures;
use crate::ui::words::{counted, listed, ordinal};

pub(super) const PICTURE: &str = "What each film’s score is made of";
pub(super) const FULL_LENGTH: &str = "A bar of full length is a first place everywhere.";
pub(super) const ALONE: &str = "What each would have recommended alone";
pub(super) const TABLE: &str = "Places and points in numbers";
pub(super) const PLACE: &str = "Place";
pub(super) const POINTS: &str = "Points";
pub(super) const SHARE: &str = "Share";
pub(super) const SCORE: &str = "Score";

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

/// "Heat is 2nd with 1.523 points: 0.955 from EASE (2nd there, 63 %) and 0.568 from GRU4Rec (18th there, 37 %)."
pub(super) fn written_out(shown: &Shown, film: &FilmPoints, title: &str, place: usize) -> String {
    let given = shown.members.iter().zip(&film.members).zip(film.percents());
    let parts: Vec<String> = given
        .map(|((member, given), percent)| {
            let (points, place) = (points(given.points), ordinal(given.place));
            format!("{points} from {} ({place} there, {percent} %)", title_of(&member.family))
        })
        .collect();
    let (place, score) = (ordinal(place), points(film.score));
    format!("{title} is {place} with {score} points: {}.", listed(&parts))
}

/// What a picture of a film's bar shows, for who does not see it.
pub(super) fn aloud(shown: &Shown, film: &FilmPoints) -> String {
    let given = shown.members.iter().zip(&film.members);
    let places: Vec<String> = given
        .map(|(member, given)| format!("{} at {}", ordinal(given.place), title_of(&member.family)))
        .collect();
    listed(&places)
}

/// "0.955".
pub(super) fn points(value: f32) -> String {
    figures::plain(value, 3)
}

pub(super) fn alone(title: &str) -> String {
    format!("{title} alone")
}

/// Where the list of all has a film of one.
pub(super) fn here(place: usize) -> String {
    format!("{} here", ordinal(place))
}
