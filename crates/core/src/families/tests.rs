//! What every family goes through, on made-up parts for three films.

use super::item_table::tests::table_bytes;
use super::*;
use crate::manifest::tests::{made_up, read};

fn manifest() -> Manifest {
    read(&made_up()).unwrap()
}

fn name(name: &str) -> FamilyName {
    FamilyName(name.to_owned())
}

fn history(picks: &[u32]) -> History {
    picks.iter().copied().map(ItemRow).collect()
}

/// Item 0 adds 1 to item 1 and 2 to item 2; item 1 takes 4 from item 2.
pub(super) fn files() -> BTreeMap<String, Vec<u8>> {
    let table = table_bytes(&[(1.0, &[(1, 1), (2, 2)]), (2.0, &[(2, -2)]), (1.0, &[(0, 8)])]);
    let popularity: Vec<u8> = [1.0_f32, 0.5, 0.0].iter().flat_map(|it| it.to_le_bytes()).collect();
    BTreeMap::from([("ease.table".to_owned(), table), ("popularity.scores".to_owned(), popularity)])
}

pub(super) fn opened(family: &str, manifest: &Manifest) -> Box<dyn Family> {
    open(&name(family), manifest, &files()).unwrap()
}

#[track_caller]
fn check_scores(family: &str, manifest: &Manifest, picks: &[u32], want: &[f32]) {
    let family = opened(family, manifest);
    let batch = [history(&[]), history(picks)];
    assert_eq!(family.plan(&batch, Want::Scores).unwrap(), vec![]);
    let scored = family.scores(&batch, vec![]).unwrap();
    assert_eq!(scored.scores[1], want);
    assert_eq!(scored.scores.len(), 2);
}

#[test]
fn names_are_unique_and_titles_are_told() {
    for (at, it) in REGISTRY.iter().enumerate() {
        let first = REGISTRY.iter().position(|other| other.card.name == it.card.name);
        assert_eq!(first, Some(at), "{} comes twice", it.card.name);
        assert!(!it.card.title.is_empty() && it.card.description.ends_with('.'));
        let n_sentences = it.card.description.matches(". ").count() + 1;
        assert_eq!(n_sentences, 2, "{}: {}", it.card.name, it.card.description);
    }
}

#[test]
fn only_what_the_manifest_names_is_shipped() {
    let manifest = manifest();
    let names: Vec<&str> = shipped(&manifest).map(|it| it.card.name).collect();
    assert_eq!(names, ["popularity", "ease", "sasrec"]);
    for unknown in ["markov", "gru4rec", ""] {
        let error = open(&name(unknown), &manifest, &files()).unwrap_err();
        assert!(matches!(error, FamilyError::UnknownFamily { .. }));
        assert!(parts_of(&name(unknown), &manifest).is_err());
    }
}

#[test]
fn a_family_asks_for_the_parts_it_reads() {
    let mut manifest = manifest();
    let asked = |family: &str, manifest: &Manifest| -> Vec<(Part, String)> {
        let parts = parts_of(&name(family), manifest).unwrap();
        parts.into_iter().map(|it| (it.part, it.file.path)).collect()
    };
    let popularity = (Part::PopularityScores, "popularity.scores".to_owned());
    let table = (Part::Table, "ease.table".to_owned());
    assert_eq!(asked("popularity", &manifest), std::slice::from_ref(&popularity));
    assert_eq!(asked("ease", &manifest), std::slice::from_ref(&table));
    assert_eq!(asked("sasrec", &manifest), [(Part::Graph, "sasrec.onnx".to_owned())]);
    manifest.families.get_mut("ease").unwrap().popularity_weight = 0.1;
    assert_eq!(asked("ease", &manifest), [table, popularity]);
}

#[test]
fn a_part_that_is_missing_or_damaged_is_an_error() {
    let manifest = manifest();
    let error = open(&name("ease"), &manifest, &BTreeMap::new()).unwrap_err();
    assert!(matches!(error, FamilyError::MissingPart { part: Part::Table }));
    let damaged = BTreeMap::from([("ease.table".to_owned(), b"GRTB".to_vec())]);
    let error = open(&name("ease"), &manifest, &damaged).unwrap_err();
    assert!(matches!(error, FamilyError::Table(TableError::WrongStart)));
}

#[test]
fn popularity_never_looks_at_the_picks() {
    check_scores("popularity", &manifest(), &[2, 1], &[1.0, 0.5, 0.0]);
}

#[test]
fn a_counting_family_adds_up_by_age() {
    // The newest pick weighs 1, the one before it 0.5, older ones 0.25.
    check_scores("ease", &manifest(), &[0], &[0.0, 1.0, 2.0]);
    check_scores("ease", &manifest(), &[0, 1], &[0.0, 0.5, -3.0]);
    check_scores("ease", &manifest(), &[0, 1, 2], &[8.0, 0.25, 0.5 - 2.0]);
    check_scores("ease", &manifest(), &[], &[0.0, 0.0, 0.0]);
}

#[test]
fn popularity_is_where_a_sum_may_start() {
    let mut manifest = manifest();
    manifest.families.get_mut("ease").unwrap().popularity_weight = 2.0;
    check_scores("ease", &manifest, &[0], &[2.0, 2.0, 2.0]);
}

#[test]
fn picks_older_than_the_family_reads_change_nothing() {
    let mut manifest = manifest();
    manifest.families.get_mut("ease").unwrap().max_history = 1;
    check_scores("ease", &manifest, &[0, 2], &[8.0, 0.0, 0.0]);
    let family = opened("ease", &manifest);
    assert_eq!(family.contributions(&history(&[0, 2]), ItemRow(0)).unwrap().picks, [8.0]);
}

#[test]
fn contributions_are_the_summands_oldest_first() {
    let family = opened("ease", &manifest());
    let got = family.contributions(&history(&[0, 1, 2]), ItemRow(2));
    assert_eq!(got, Some(Parts { start: 0.0, picks: vec![0.5, -2.0, 0.0] }));
    let popularity = opened("popularity", &manifest());
    let got = popularity.contributions(&history(&[0, 1]), ItemRow(1));
    assert_eq!(got, Some(Parts { start: 0.5, picks: vec![] }), "it reads no picks");
    assert_eq!(popularity.max_history(), 0);
}

#[test]
fn unknown_films_are_an_error_for_every_sort() {
    for family in ["popularity", "ease", "sasrec"] {
        let error = opened(family, &manifest()).plan(&[history(&[0, 3])], Want::Scores);
        assert!(matches!(error, Err(FamilyError::UnknownItem { row: 3, n_items: 3 })), "{family}");
    }
}

#[test]
fn sequences_are_padded_on_the_right_and_cut_to_the_newest() {
    let family = opened("sasrec", &manifest());
    let batch = [history(&[0, 1, 2]), history(&[2]), history(&[])];
    let run = family.plan(&batch, Want::Scores).unwrap().remove(0);
    assert_eq!(run.inputs, [("history", Tensor::i32([3, 2], vec![2, 3, 3, 0, 0, 0]))]);
    assert_eq!(run.outputs, ["scores"]);
    let shorter = family.plan(&batch[1..2], Want::ScoresAndAttention).unwrap().remove(0);
    assert_eq!(shorter.inputs, [("history", Tensor::i32([1, 1], vec![3]))]);
    assert_eq!(shorter.outputs, ["scores", "attention"]);
    // A graph cannot read nothing: an empty history is one place of padding.
    let empty = family.plan(&batch[2..], Want::Scores).unwrap().remove(0);
    assert_eq!(empty.inputs, [("history", Tensor::i32([1, 1], vec![0]))]);
}

#[test]
fn scores_and_attention_are_read_per_history() {
    let family = opened("sasrec", &manifest());
    let batch = [history(&[0, 1]), history(&[2])];
    let scores = Tensor::f32([2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    // Two layers; the second history is one pick and one place of padding.
    let layers = vec![0.5, 0.5, 0.1, 0.9, 1.0, 0.0, 0.6, 0.4];
    let attention = Tensor::f32([2, 2, 2], layers);
    let outputs =
        [("scores", scores), ("attention", attention)].map(|(name, it)| (name.to_owned(), it));
    let got = family.scores(&batch, vec![GraphOutputs::from(outputs)]).unwrap();
    assert_eq!(got.scores, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    let attention = got.attention.unwrap();
    assert!((attention[0][0] - 0.3).abs() < 1e-6 && (attention[0][1] - 0.7).abs() < 1e-6);
    assert_eq!(attention[1], [1.0]);
}

#[test]
fn an_answer_of_the_wrong_shape_is_an_error() {
    let family = opened("sasrec", &manifest());
    let batch = [history(&[0])];
    let wrong = [
        vec![],
        vec![("scores", Tensor::f32([1, 2], vec![1.0, 2.0]))],
        vec![("scores", Tensor::f32([1, 3], vec![1.0, 2.0]))],
        vec![("scores", Tensor::i32([1, 3], vec![1, 2, 3]))],
        vec![
            ("scores", Tensor::f32([1, 3], vec![1.0, 2.0, 3.0])),
            ("attention", Tensor::f32([1, 2, 9], vec![0.0; 18])),
        ],
        vec![
            ("scores", Tensor::f32([1, 3], vec![1.0, 2.0, 3.0])),
            ("attention", Tensor::f32([1], vec![0.0])),
        ],
    ];
    for outputs in wrong {
        let outputs = outputs.into_iter().map(|(name, it)| (name.to_owned(), it)).collect();
        let got = family.scores(&batch, vec![outputs]);
        assert!(matches!(got, Err(FamilyError::WrongOutput { .. })), "{got:?}");
    }
}

#[test]
fn bars_are_by_probability_where_scores_are_logarithms_of_it() {
    for meaning in [ScoreMeaning::Logit, ScoreMeaning::LogProbability] {
        assert_eq!(meaning.beside_first(-3.2, -3.2), 1.0);
        assert!((meaning.beside_first(-3.2 - std::f32::consts::LN_2, -3.2) - 0.5).abs() < 1e-6);
    }
    for meaning in [
        ScoreMeaning::Reconstruction,
        ScoreMeaning::Sum,
        ScoreMeaning::Popularity,
        ScoreMeaning::Points,
    ] {
        assert_eq!(meaning.beside_first(0.05, 0.1), 0.5);
    }
}

#[test]
fn names_of_before_lead_to_families_of_today() {
    for (names, _, today) in RENAMED {
        assert_ne!(*names, Names::Today);
        assert!(find(&FamilyName((*today).to_owned())).is_some(), "{today}");
    }
    for it in REGISTRY {
        assert_eq!(Names::Today.family(it.card.name).0, it.card.name);
    }
    assert_eq!(Names::First.family("sasrec").0, "sasrec_ease");
    assert_eq!(Names::First.family("markov").0, "markov");
}
