//! Two members and three films, worked by hand; then the same with a graph among the members.

use serde_json::{Value, json};

use super::*;
use crate::explain::{Question as Why, explain};
use crate::families::inspect::{Inspect, Question};
use crate::families::tests::{files, opened};
use crate::families::{FamilyName, Part, Tensor, open as open_family, parts_of, shipped};
use crate::manifest::tests::{made_up, read};
use crate::manifest::{Manifest, Member as Named};

fn with_blend(members: Value, constant: f64) -> Value {
    let mut json = made_up();
    json["families"]["blend"] =
        json!({"files": {}, "max_history": 3, "members": members, "constant": constant});
    json
}

/// Popularity places the films 0, 1, 2; EASE, twice as heavy, by the picks.
fn sums() -> Manifest {
    let members = json!([
        {"family": "popularity", "weight": 1.0}, {"family": "ease", "weight": 2.0}
    ]);
    read(&with_blend(members, 1.0)).unwrap()
}

fn with_graph() -> Manifest {
    let members = json!([{"family": "ease", "weight": 1.0}, {"family": "sasrec", "weight": 0.5}]);
    read(&with_blend(members, 0.0)).unwrap()
}

fn history(picks: &[u32]) -> History {
    picks.iter().copied().map(ItemRow).collect()
}

fn logits(rows: &[[f32; 3]]) -> GraphOutputs {
    GraphOutputs::from([("scores".to_owned(), Tensor::f32([rows.len(), 3], rows.concat()))])
}

#[test]
fn points_by_place_are_added_with_their_weights() {
    let family = opened("blend", &sums());
    // No pick: EASE gives nothing to any, so ties go by row. 2/2, 2/3 and 2/4, times 1 and 2.
    // Film 0 is picked: EASE says 1 of film 1 and 2 of film 2, so they are first at either.
    let batch = [history(&[]), history(&[0])];
    assert_eq!(family.plan(&batch, Want::Scores).unwrap(), vec![]);
    let got = family.scores(&batch, vec![]).unwrap();
    assert_eq!(got.attention, None);
    assert_eq!(got.scores[0], [3.0, 2.0, 1.5]);
    let second = (2.0_f64 / 3.0) as f32;
    assert_eq!(got.scores[1], [0.0, (1.0 + 4.0 / 3.0) as f32, 2.0 + second]);
    assert_eq!(family.contributions(&history(&[0]), ItemRow(1)), None, "it is no sum of picks");
}

#[test]
fn picks_that_are_weighed_count_so_much_where_a_member_weighs_them() {
    let family = opened("blend", &sums());
    let picks = history(&[0, 1]);
    let asked = |weights: &[f32]| family.scores_weighed(&picks, weights, vec![]).unwrap();
    let always = family.scores(std::slice::from_ref(&picks), vec![]).unwrap();
    // EASE counts all picks alike, so this changes nothing; with one film left there is nothing to reorder.
    assert_eq!(asked(&[1.0, 1.0]), always.scores[0]);
    let ease = opened("ease", &sums());
    let weighed = |weights: &[f32]| ease.scores_weighed(&picks, weights, vec![]).unwrap();
    let alone = ease.scores(&[history(&[0]), history(&[1])], vec![]).unwrap().scores;
    assert_eq!(weighed(&[1.0, 0.0]), alone[0]);
    let both = alone[0].iter().zip(&alone[1]).map(|(one, other)| 0.5 * one + 3.0 * other);
    assert_eq!(weighed(&[0.5, 3.0]), both.collect::<Vec<_>>());
}

#[test]
fn a_member_that_weighs_no_picks_reads_them_as_always() {
    let family = opened("blend", &with_graph());
    let picks = history(&[1, 0]);
    let outputs = || vec![logits(&[[0.1, 0.3, 0.2]])];
    let always = family.scores(std::slice::from_ref(&picks), outputs()).unwrap();
    let got = family.scores_weighed(&picks, &[1.0, 1.0], outputs()).unwrap();
    assert_eq!(got, always.scores[0]);
    let damaged = family.scores_weighed(&picks, &[1.0, 1.0], vec![]);
    assert!(matches!(damaged, Err(FamilyError::WrongOutput { .. })), "{damaged:?}");
}

#[test]
fn a_member_with_a_graph_is_given_its_run_and_the_others_none() {
    let family = opened("blend", &with_graph());
    let batch = [history(&[0]), history(&[1, 0])];
    let runs = family.plan(&batch, Want::ScoresAndAttention).unwrap();
    let [run] = runs.as_slice() else { panic!("{runs:?}") };
    assert_eq!((run.of, run.outputs.as_slice()), ("sasrec", &["scores"][..]));
    assert_eq!(run.inputs, [("history", Tensor::i32([2, 2], vec![1, 0, 2, 1]))]);
    // 1/1, 1/2: EASE places 2 before 1, SASRec 1 before 2; of two picks one film is left.
    let outputs = logits(&[[9.0, 1.0, 0.5], [9.0, 9.0, 0.5]]);
    let got = family.scores(&batch, vec![outputs]).unwrap().scores;
    assert_eq!(got, [[0.0, 0.5 + 0.5, 1.0 + 0.25], [0.0, 0.0, 1.0 + 0.5]]);
    let missing = family.scores(&batch, vec![]);
    assert!(matches!(missing, Err(FamilyError::WrongOutput { .. })), "{missing:?}");
}

#[test]
fn it_needs_the_files_of_its_members_and_none_of_its_own() {
    let manifest = with_graph();
    let name = FamilyName("blend".to_owned());
    let parts = parts_of(&name, &manifest).unwrap();
    let parts: Vec<_> = parts.iter().map(|it| (it.of, it.part, it.file.path.as_str())).collect();
    let want = [("ease", Part::Table, "ease.table"), ("sasrec", Part::Graph, "sasrec.onnx")];
    assert_eq!(parts, want);
    let paths: Vec<&str> =
        manifest.family_files("blend").into_iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["ease.table", "sasrec.onnx"]);
    let nothing = std::collections::BTreeMap::new();
    let error = open_family(&name, &manifest, &nothing).unwrap_err();
    assert!(matches!(error, FamilyError::MissingPart { part: Part::Table }), "{error}");
}

#[test]
fn without_one_of_its_members_it_is_not_shipped() {
    let names = |manifest: &Manifest| -> Vec<&str> {
        shipped(manifest).map(|it| it.card.name).filter(|it| *it == "blend").collect()
    };
    let mut manifest = with_graph();
    assert_eq!(names(&manifest), ["blend"]);
    manifest.families.get_mut("blend").unwrap().members[0] =
        Named { family: "markov".to_owned(), weight: 1.0 };
    assert_eq!(names(&manifest), [] as [&str; 0]);
    let name = FamilyName("blend".to_owned());
    let error = open_family(&name, &manifest, &files()).unwrap_err();
    assert!(matches!(error, FamilyError::UnknownFamily { name } if name == "markov"));
}

/// Every variant of the history is asked of every member: what leave-one-out says comes out of
/// a history without the pick.
#[test]
fn a_pick_left_out_is_left_out_for_every_member() {
    let family = opened("blend", &sums());
    let picks = history(&[0, 1]);
    let why = Why { history: &picks, item: ItemRow(2), within: 1, max_history: 3 };
    let score =
        async |batch: Vec<History>| family.scores(&batch, vec![]).map(|scored| scored.scores);
    let explained = crate::explain::block_on(explain(&why, score)).unwrap();
    let whole = family.scores(std::slice::from_ref(&picks), vec![]).unwrap().scores[0][2];
    assert_eq!((explained.rank, explained.score, whole), (1, 3.0, 3.0));
    for (at, influence) in explained.influence.iter().enumerate() {
        let left = [picks.without(at)];
        let scores = family.scores(&left, vec![]).unwrap().scores;
        assert_eq!(influence.score_drop, whole - scores[0][2]);
        assert_eq!(
            influence.rank_without,
            crate::recommend::rank_of(&scores[0], ItemRow(2), &left[0]).unwrap()
        );
    }
    // Without film 0 it is first at neither; without film 1 EASE puts it first, popularity second.
    let drops: Vec<f32> = explained.influence.iter().map(|it| it.score_drop).collect();
    assert_eq!(drops[1], 3.0 - (2.0_f64 / 3.0 + 2.0) as f32);
}

#[test]
fn shares_in_percent_are_a_hundred_together() {
    let percents = |points: &[f32]| {
        let members: Vec<Points> =
            points.iter().map(|&points| Points { place: 1, points }).collect();
        FilmPoints { item: ItemRow(0), score: points.iter().sum(), members }.percents()
    };
    assert_eq!(percents(&[1.0, 1.0, 1.0]), [34, 33, 33]);
    assert_eq!(percents(&[0.625, 0.375]), [63, 37]);
    assert_eq!(percents(&[1.0]), [100]);
}

#[test]
fn every_film_of_the_list_has_its_places_and_its_points_add_up() {
    let family = opened("blend", &with_graph());
    let picks = history(&[0]);
    let question = Question { picks: &picks, history: &picks, probe: &(), n_items: 3 };
    let run = inspect::Blend::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
    assert_eq!((run.of, run.n_rows()), ("sasrec", 1));
    let given = vec![logits(&[[9.0, 1.0, 0.5]])];
    assert_eq!(inspect::Blend::next_run(family.as_ref(), &question, &given).unwrap(), None);
    let shown = inspect::Blend::read(family.as_ref(), &question, given).unwrap();
    let points = |place, points| Points { place, points };
    assert_eq!(
        shown.films,
        [
            FilmPoints {
                item: ItemRow(2),
                score: 1.25,
                members: vec![points(1, 1.0), points(2, 0.25)]
            },
            FilmPoints {
                item: ItemRow(1),
                score: 1.0,
                members: vec![points(2, 0.5), points(1, 0.5)]
            },
        ]
    );
    assert_eq!(
        (shown.films[0].percents(), shown.films[1].percents()),
        (vec![80, 20], vec![50, 50])
    );
    assert_eq!((shown.worth(1), shown.worth(4), shown.most()), (1.0, 0.25, 1.5));
    assert_eq!((shown.n_places, shown.constant), (2, 0.0));
    let choice = |row, place| Choice { item: ItemRow(row), place };
    let says = |family: &str, weight, top: [Choice; 2]| MemberSays {
        family: FamilyName(family.to_owned()),
        weight,
        top: top.to_vec(),
    };
    let of_ease = says("ease", 1.0, [choice(2, 1), choice(1, 2)]);
    assert_eq!(shown.members, [of_ease, says("sasrec", 0.5, [choice(1, 2), choice(2, 1)])]);
}
