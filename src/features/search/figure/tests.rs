use super::*;
use crate::catalog::telling_words;
use crate::stage::{self, scored};
use crate::ui::figure::laid;

const TITLES: [&str; 6] =
    ["Alien Horror", "Brazil", "Space Toys", "Dune", "Toy Horror Story", "Horror of Space"];

fn drawn_of(query: &str, near: &[(u32, f32)], at: Option<u32>, width: f64) -> Option<Drawn> {
    let catalogue = stage::catalogue(&TITLES);
    let near: Vec<Recommendation> = near.iter().map(|it| scored(it.0, it.1)).collect();
    let words = telling_words(query);
    let by_words = catalogue.found_by_words(query, &[], N_DRAWN);
    let shown = Shown { words: &words, near: &near, by_words: &by_words, at: at.map(ItemRow) };
    draw(&shown, &catalogue, width)
}

const NEAR: [(u32, f32); 3] = [(4, 0.75), (1, 0.5), (2, 0.25)];

#[test]
fn films_have_a_line_as_long_as_their_cosine_and_the_words_that_they_share() {
    for width in [320.0, 540.0, 960.0] {
        let drawn = drawn_of("a toy space", &NEAR, None, width).unwrap();
        let list = (width - if width < 540.0 { 30.0 } else { width * 0.14 }) / 2.0;
        for (film, cosine) in NEAR {
            let key = format!("near{film}");
            let row = drawn.picture.shapes.iter().find(|it| it.key.as_ref() == Some(&key)).unwrap();
            let line = row.inside.iter().find(|it| it.key.as_deref() == Some("long")).unwrap();
            let end: f64 = line.attributes[0]
                .1
                .split('L')
                .nth(1)
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
                .parse()
                .unwrap();
            assert!((end - list * f64::from(cosine)).abs() < 0.1, "{width}: {end}");
        }
        let words: Vec<String> =
            laid::words(&drawn.picture).into_iter().map(|it| it.words).collect();
        let of = |film: &str| words.iter().position(|it| it.starts_with(film)).unwrap();
        // "toys" are a toy; a title is written before what it shares.
        assert!(words[of("Toy Horror")..].iter().take(4).any(|it| it == "toy"), "{words:?}");
        assert!(words[of("Brazil")..].iter().take(4).any(|it| it == "no word of yours"));
        assert!(words[of("Space Toys")..].iter().take(4).any(|it| it == "toy, space"));
    }
}

#[test]
fn the_claim_counts_what_the_words_alone_do_not_find() {
    let claim =
        |query: &str, near: &[(u32, f32)]| drawn_of(query, near, None, 640.0).unwrap().claim;
    assert_eq!(
        claim("a toy space", &NEAR),
        "One of the first 3 films shares no word with your query; word match has 2 of them in its first 12"
    );
    assert_eq!(
        claim("rain", &NEAR),
        "None of the first 3 films shares a word with your query; word match has none of them in its first 12"
    );
    assert_eq!(
        claim("toys", &[(4, 0.5), (2, 0.25)]),
        "Each of the first 2 films shares a word with your query; word match has all of them in its first 12"
    );
    assert_eq!(
        claim("toys", &[(1, 0.5)]),
        "The only film shares no word with your query; word match does not find it"
    );
    assert_eq!(
        claim("toys", &[(4, 0.5)]),
        "The only film shares a word with your query; word match finds it as well"
    );
    assert_eq!(
        claim("what is it about", &NEAR),
        "Your query has no word to match: all that was found comes from its meaning"
    );
    assert_eq!(drawn_of("toys", &[], None, 640.0), None);
}

#[test]
fn a_film_that_is_looked_at_says_what_brought_it() {
    let say = |film: u32| drawn_of("a toy space", &NEAR, Some(film), 640.0).unwrap().say;
    assert_eq!(say(2), "Space Toys: cosine 0.25, has “toy” and “space”, 1st by words.");
    assert_eq!(say(1), "Brazil: cosine 0.50, no word of yours, not among the first by words.");
    let drawn = drawn_of("a toy space", &NEAR, Some(2), 640.0).unwrap();
    let is = |key: &str, class: &str| {
        let it = drawn.picture.shapes.iter().find(|it| it.key.as_deref() == Some(key)).unwrap();
        assert!(it.attributes.iter().any(|it| it.0 == "class" && it.1.contains(class)), "{it:?}");
    };
    is("to2", "is-strong");
    is("to4", "thread glides");
    is("here", "here");
    let row = |at: usize| serde_json::to_string(&drawn.table.rows[at]).unwrap();
    assert_eq!(row(0), r#"[1,5,"Toy Horror Story",1979,0.75,"toy",2]"#);
    assert_eq!(row(1), r#"[2,2,"Brazil",1979,0.5,"",null]"#);
    // What only the words find comes after, without a place where none is known.
    assert_eq!(row(3), r#"[null,6,"Horror of Space",1979,null,"space",3]"#);
}

#[test]
fn it_is_legible_at_every_width_and_length() {
    let long = "The Incredibly Strange Creatures Who Stopped Living and Became Mixed-Up Zombies";
    let catalogue = stage::catalogue(&[long; 300]);
    let query = "incredibly strange zombies that stopped living, mixed up with creatures of rain";
    let words = telling_words(query);
    let hidden: Vec<ItemRow> = (0..6).map(ItemRow).collect();
    let by_words = catalogue.found_by_words(query, &hidden, N_DRAWN);
    for n in [1, 2, 5, 200] {
        let near: Vec<Recommendation> =
            (0..n).map(|at| scored(299 - at * 3 % 300, 1.1 - at as f32 * 0.01)).collect();
        for by_words in [&by_words[..], &[]] {
            let at = Some(near[0].item);
            let shown = Shown { words: &words, near: &near, by_words, at };
            for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 960.0] {
                let drawn = draw(&shown, &catalogue, width).unwrap();
                laid::check(&drawn.picture, width);
            }
        }
    }
}
