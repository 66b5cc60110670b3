//! Countries as readers say them beside a title: "old boy korean".

use crate::catalog::words::{Words, words_of};

/// What is said, and the countries of the catalogue that it may stand for.
const SAID: &[(&str, &[&str])] = &[
    ("american", &["USA"]),
    ("australian", &["Australia"]),
    ("british", &["UK"]),
    ("chinese", &["China", "Hong Kong", "Taiwan"]),
    ("danish", &["Denmark"]),
    ("dutch", &["Netherlands"]),
    ("english", &["UK"]),
    ("french", &["France"]),
    ("german", &["Germany", "West Germany", "Austria"]),
    ("indian", &["India"]),
    ("italian", &["Italy"]),
    ("japanese", &["Japan"]),
    ("korean", &["South Korea"]),
    ("mexican", &["Mexico"]),
    ("norwegian", &["Norway"]),
    ("polish", &["Poland"]),
    ("russian", &["Russia", "Soviet Union"]),
    ("spanish", &["Spain", "Mexico", "Argentina"]),
    ("swedish", &["Sweden"]),
];

/// The words beside that of a country, and the countries it says.
pub(super) fn without_country(typed: &Words) -> Option<(Words, &'static [&'static str])> {
    let countries = |word: &str| SAID.iter().find(|it| it.0 == word).map(|it| it.1);
    let at = typed.telling.iter().position(|it| countries(&it.raw).is_some())?;
    let others = typed.telling.iter().enumerate().filter(|it| it.0 != at);
    let title: Vec<&str> = others.map(|(_, word)| word.raw.as_str()).collect();
    let title = Some(title).filter(|it| !it.is_empty())?;
    Some((words_of(&title.join(" ")), countries(&typed.telling[at].raw)?))
}
