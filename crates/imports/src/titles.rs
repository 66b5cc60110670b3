//! Titles as lists write them, and the key under which two writings of one title meet.

use glassrec_core::catalog::folded;

/// "Men in Black (1997)" in its parts; a year in the middle belongs to the title.
pub(crate) fn title_and_year(text: &str) -> (&str, Option<u16>) {
    let text = text.trim();
    let parts = || {
        let (title, year) = text.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
        let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
        let year = year.parse().ok().filter(|it| is_year && (1870..=2100).contains(it))?;
        let title = title.trim_end();
        (!title.is_empty()).then_some((title, Some(year)))
    };
    parts().unwrap_or((text, None))
}

/// The titles that one text gives: "Seven (a.k.a. Se7en)" both, "Birdman or (The Unexpected Virtue of
/// Ignorance)" "Birdman" and the other, and each as it stands first.
pub(crate) fn titles_in(text: &str) -> Vec<&str> {
    let mut titles = vec![text];
    if let Some((outer, rest)) = text.split_once('(') {
        let outer = outer.trim_end();
        let outer = outer.strip_suffix(" or").unwrap_or(outer).trim_end_matches([':', ',', ' ']);
        titles.push(outer);
        for inner in rest.split('(') {
            let inner = inner.trim_end().trim_end_matches(')');
            let inner =
                ["a.k.a. ", "aka "].iter().find_map(|it| inner.strip_prefix(it)).unwrap_or(inner);
            titles.push(inner);
        }
    }
    titles.retain(|it| !it.is_empty());
    titles
}

/// What a series' number is taken out of: "Star Wars: Episode V - The Empire Strikes Back" is also
/// "Star Wars: The Empire Strikes Back", "The Empire Strikes Back", and the first of a series that is
/// told in episodes "Star Wars".
pub(crate) fn without_episode(title: &str) -> Vec<String> {
    let parts: Vec<&str> =
        title.split(": ").flat_map(|it| it.split(" - ")).flat_map(|it| it.split(" – ")).collect();
    let [series, number, name] = parts[..] else { return Vec::new() };
    let is_number = folded(number).split_whitespace().next() == Some("episode");
    if !is_number {
        return Vec::new();
    }
    vec![format!("{series}: {name}"), name.to_owned(), series.to_owned()]
}

/// One key for all writings of a title that mean the same: without case, accents, marks and blanks,
/// with an article from the end put back, and numbers as digits. Articles count: "Circle" and "The
/// Circle" are two films.
pub(crate) fn key(title: &str) -> String {
    let turned = turned(title);
    let folded = folded(&turned);
    let words: Vec<&str> = folded.split_whitespace().collect();
    // "Nine" and "9" are two films of 2009.
    if let [only] = words[..] {
        return only.to_owned();
    }
    let mut key = String::with_capacity(folded.len());
    for (at, word) in words.iter().enumerate() {
        let is_last = at + 1 == words.len();
        let is_after_marker = at > 0 && is_marker(words[at - 1]);
        key.push_str(plain(word, at > 0 && is_last, is_after_marker));
    }
    key
}

fn is_marker(word: &str) -> bool {
    matches!(word, "part" | "vol" | "volume" | "episode" | "chapter" | "pt")
}

/// "Matrix, The" as "The Matrix".
fn turned(title: &str) -> String {
    const ARTICLES: [&str; 27] = [
        "the", "a", "an", "la", "le", "les", "l'", "il", "lo", "i", "gli", "el", "los", "las",
        "der", "die", "das", "un", "une", "una", "den", "det", "het", "de", "o", "os", "as",
    ];
    match title.rsplit_once(", ") {
        Some((rest, article)) if ARTICLES.contains(&article.to_lowercase().as_str()) => {
            format!("{article} {rest}")
        }
        _ => title.to_owned(),
    }
}

fn plain(word: &str, is_last: bool, is_after_marker: bool) -> &str {
    match word {
        "vol" => "volume",
        "pt" => "part",
        "dr" => "doctor",
        "mr" => "mister",
        "st" => "saint",
        "vs" | "versus" => "v",
        "ii" | "two" => "2",
        "iii" | "three" => "3",
        "iv" | "four" => "4",
        "v" if is_last || is_after_marker => "5",
        "five" => "5",
        "vi" | "six" => "6",
        "vii" | "seven" => "7",
        "viii" | "eight" => "8",
        "ix" | "nine" => "9",
        "x" | "ten" if is_last || is_after_marker => "10",
        "eleven" => "11",
        "twelve" => "12",
        "thirteen" => "13",
        "one" => "1",
        // As the British write them.
        "colour" => "color",
        "colours" => "colors",
        "favourite" => "favorite",
        "grey" => "gray",
        "theatre" => "theater",
        "i" if is_after_marker => "1",
        _ => word,
    }
}

/// Whether a title that no film has is rather that of an episode: "Stranger Things: Staffel 4: Kapitel
/// eins". Never asked of a film's title, since many films have a colon and a number.
pub(crate) fn looks_like_episode(title: &str) -> bool {
    const SEASONS: [&str; 26] = [
        "season",
        "series",
        "staffel",
        "saison",
        "temporada",
        "stagione",
        "seizoen",
        "säsong",
        "sæson",
        "sesong",
        "kausi",
        "sezon",
        "сезон",
        "シーズン",
        "volume",
        "part",
        "parte",
        "partie",
        "teil",
        "book",
        "chapter",
        "kapitel",
        "chapitre",
        "capítulo",
        "episode",
        "folge",
    ];
    let parts: Vec<&str> = title.split(": ").collect();
    let is_season = |part: &&str| {
        let part = part.to_lowercase();
        let first = part.split_whitespace().next().unwrap_or_default();
        let is_told = part.starts_with("limited series")
            || part.starts_with("miniser")
            || part.starts_with("mini-ser");
        let has_number = part.split_whitespace().nth(1).is_some();
        is_told || SEASONS.contains(&first) && has_number
    };
    // "(Episode 3)" as the long files write it.
    let has_episode = title.to_lowercase().contains("(episode ");
    parts.len() > 1 && (has_episode || parts.len() > 2 && parts[1..].iter().any(is_season))
        || parts.len() > 1 && parts[1..].iter().any(|it| is_season(it) && parts.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_taken_off_the_end() {
        assert_eq!(title_and_year("Men in Black (1997)"), ("Men in Black", Some(1997)));
        assert_eq!(title_and_year("1917"), ("1917", None));
        assert_eq!(title_and_year("(1917)"), ("(1917)", None));
        assert_eq!(title_and_year("2012 (2009) "), ("2012", Some(2009)));
        assert_eq!(title_and_year("Hate (Haine, La) (1995)"), ("Hate (Haine, La)", Some(1995)));
    }

    #[test]
    fn writings_of_one_title_meet() {
        for (one, other) in [
            ("Matrix, The", "The Matrix"),
            ("Fabelhafte Welt der Amélie, Die", "Die fabelhafte Welt der Amelie"),
            ("Oldboy", "Old Boy"),
            ("The Texas Chain Saw Massacre", "The Texas Chainsaw Massacre"),
            ("Kill Bill: Vol. 2", "Kill Bill Volume Two"),
            ("Rocky II", "Rocky 2"),
            ("The Godfather: Part II", "The Godfather Part 2"),
            ("Alien³", "Alien 3"),
            ("Dr. Strangelove", "Doctor Strangelove"),
            ("Me, Myself & Irene", "Me, Myself and Irene"),
            ("Three Colours: Blue", "Three Colors: Blue"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        for (one, other) in
            [("Circle", "The Circle"), ("Cure", "The Cure"), ("Rocky", "Rocky II"), ("Nine", "9")]
        {
            assert_ne!(key(one), key(other), "{one}");
        }
    }

    #[test]
    fn brackets_hold_further_titles() {
        assert_eq!(titles_in("Seven (a.k.a. Se7en)")[1..], ["Seven", "Se7en"]);
        assert_eq!(titles_in("Hate (Haine, La)")[1..], ["Hate", "Haine, La"]);
        assert_eq!(titles_in("Birdman or (The Unexpected Virtue of Ignorance)")[1], "Birdman");
        assert_eq!(titles_in("Heat"), ["Heat"]);
        let empire = without_episode("Star Wars: Episode V - The Empire Strikes Back");
        assert_eq!(empire[..2], ["Star Wars: The Empire Strikes Back", "The Empire Strikes Back"]);
        assert!(without_episode("Kill Bill: Vol. 1").is_empty());
    }

    #[test]
    fn episodes_are_told_in_many_languages() {
        for title in [
            "Stranger Things: Staffel 4: Kapitel eins: Der Hellfire-Club",
            "The Queen's Gambit: Limited Series: Openings",
            "The Crown: Series 2: Misadventure",
            "La casa de papel: Parte 3: Hemos vuelto",
            "Bluey: Season 1: Hammerbarn (Episode 3)",
            "Lupin: Partie 1: Chapitre 1",
        ] {
            assert!(looks_like_episode(title), "{title}");
        }
        for title in ["Die Verurteilten", "El hoyo", "Mission: Impossible", "Dune: Part Two"] {
            assert!(!looks_like_episode(title), "{title}");
        }
    }
}
