use crate::catalog::ItemRow;
use crate::families::bert4rec::{Fill, Place, Shown, Sides, Standing};
use crate::features::inspect::bert4rec::{figure, words};
use crate::features::inspect::tests::inside;
use crate::history::History;
use crate::stage::{assert_says, assert_silent, catalogue, scored};
use crate::ui::figure::laid;
use crate::ui::figure::shape::markup;

fn place((rank, share): (usize, f32)) -> Place {
    Place { rank, share }
}

fn fill(rows: &[u32], masked: Option<(usize, f32)>) -> Fill {
    let score = |at: usize| 2.5 / (at + 1) as f32;
    let top = rows.iter().enumerate().map(|(at, row)| scored(*row, score(at))).collect();
    Fill { top, masked: masked.map(place) }
}

fn standing(row: u32, readings: &[(usize, f32)]) -> Standing {
    Standing { item: ItemRow(row), readings: readings.iter().copied().map(place).collect() }
}

fn shown(masked: Option<usize>) -> Shown {
    shown_of(masked, [1, 3, 4])
}

/// The first of `rows` is the masked film.
fn shown_of(masked: Option<usize>, [it, one, other]: [u32; 3]) -> Shown {
    let rank = |rank| masked.and(Some(rank));
    let sides = Sides {
        before: fill(&[one, other], rank((2, 0.0034))),
        after: fill(&[other, one], rank((113, 0.000_01))),
    };
    let readings = |all: [(usize, f32); 3]| all[..if masked.is_some() { 3 } else { 1 }].to_vec();
    Shown {
        masked,
        attention: vec![vec![0.25, 0.0, 0.5], vec![0.4, 0.0, 0.1]],
        whole: fill(&[it, one], rank((1, 0.104))),
        films: vec![
            standing(it, &readings([(1, 0.104), (2, 0.0034), (113, 0.000_01)])),
            standing(one, &readings([(2, 0.05), (1, 0.2), (2, 0.01)])),
            standing(other, &readings([(900, 0.0), (3, 0.002), (1, 0.3)])),
        ],
        sides: masked.map(|_| sides),
    }
}

#[test]
fn a_masked_film_is_named_from_both_sides_and_from_each_alone() {
    let seen = inside("bert4rec", "&p=c1", &shown(Some(1)));
    assert_says(
        &seen.words,
        &[
            "BERT4Rec · a masked film As it was Heat, masked, comes 1st from both sides: the left alone has it 2nd, the right alone 113th",
            "Masked 2 of 3: Heat",
            "Bars: probabilities. From both sides the masked film has 10 %. Click another film.",
            "from the left 1 Solaris 2 Amelie",
            "from both sides 1 Heat 2 Solaris from the right 1 Amelie 2 Solaris Heat, 113th",
            "What it would put there 1 Heat (1979) 2.50 2 Solaris (1979) 1.25",
        ],
    );
    assert!(seen.html.contains("aria-label=\"Mask Alien\" role=\"switch\" aria-checked=\"false\""));
    assert!(
        seen.html.contains("aria-label=\"Heat, masked\" role=\"switch\" aria-checked=\"true\"")
    );
    assert_eq!(seen.row("attention", 2), r#"[3,3,"Fargo",1979,0.5,0.1]"#);
    let covered = r#"["Heat","before only",1,4,"Solaris",1979,2.5,2,0.0034]"#;
    assert_eq!(seen.row("what it puts there", 2), covered);
}

#[test]
fn at_either_end_one_side_has_no_films() {
    let first = inside("bert4rec", "&p=c0", &shown(Some(0)));
    assert_says(&first.words, &["no film before 1 Solaris", "from the right 1 Amelie"]);
    let last = inside("bert4rec", "&p=c2", &shown(Some(2)));
    assert_says(&last.words, &["from the left 1 Solaris", "no film after 1 Amelie"]);
}

#[test]
fn with_nothing_masked_the_film_after_the_last_is_named() {
    let seen = inside("bert4rec", "", &shown(None));
    assert_says(
        &seen.words,
        &[
            "BERT4Rec · a masked film After Fargo it puts Heat first, with 10 % of the probability",
            "from all films 1 Heat 2 Solaris",
            "Nothing masked: the film after the last",
            "Bars: probabilities. Click a film to mask it.",
            "What it would put next 1 Heat (1979) 2.50",
        ],
    );
    assert_silent(&seen.words, &["As it was", "from the left", "shaded"]);
}

#[test]
fn the_claim_holds_wherever_the_film_is_and_whichever_side_tells_it() {
    let claim = |both, one, at, n| words::claim("Heat", both, one, at, n);
    for (got, want) in [
        (claim(9, [9, 4], 0, 1), "Heat, masked, comes 9th: there is no other film for context"),
        (claim(9, [50, 9], 0, 3), "Heat, masked, comes 9th: all its context is on the right"),
        (claim(9, [9, 50], 2, 3), "Heat, masked, comes 9th: all its context is on the left"),
        (
            claim(9, [4, 50], 1, 3),
            "Heat, masked, comes 9th from both sides: the left alone does better, with 4th",
        ),
        (
            claim(9, [50, 9], 1, 3),
            "Heat, masked, comes 9th from both sides: the right alone does as well",
        ),
        (
            claim(9, [9, 9], 1, 3),
            "Heat, masked, comes 9th from both sides, and from either side alone",
        ),
        (
            claim(9, [4, 4], 1, 3),
            "Heat, masked, comes 9th from both sides: either side alone does better, with 4th",
        ),
    ] {
        assert_eq!(got, want);
    }
}

#[test]
fn ranks_have_their_height_and_nothing_is_on_anything_else() {
    let titles =
        ["The Shawshank Redemption", "Eternal Sunshine of the Spotless Mind", "Heat", "Up", "Ran"];
    let catalogue = catalogue(&titles.repeat(24));
    for n in [1, 3, 5, 12, 50, 100] {
        let picks: History = (0..n).map(ItemRow).collect();
        for at in [Some(0), Some(n as usize / 2), Some(n as usize - 1), None] {
            let shown = shown_of(at, [at.unwrap_or(117) as u32, 118, 119]);
            for width in [280.0, 320.0, 540.0, 640.0, 960.0] {
                let drawn = figure::draw(&shown, &picks, &catalogue, width).unwrap();
                laid::check(&drawn.picture, width);
                let n_words = drawn.claim.split(' ').count() + drawn.say.split(' ').count();
                assert!(n_words <= 40, "{n_words}: {} {}", drawn.claim, drawn.say);
                let markup = markup(&drawn.picture.shapes);
                // The first row of a column is at 151, rank 113 on the ground below 326.
                assert!(markup.contains(" 151)"), "{markup}");
                assert_eq!(markup.contains(" 375.3)"), at.is_some(), "{width}: {markup}");
                assert_eq!(drawn.table.rows.len(), 3);
            }
        }
    }
    assert_eq!(figure::draw(&shown(None), &History::default(), &catalogue, 640.0), None);
}
