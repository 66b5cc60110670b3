//! What the page measures on held-out users is what Python measured on them: for the families that need no runtime here,
//! for the networks in tests/e2e/measure.test.mjs.
#![allow(clippy::unwrap_used)] // The helpers of a test may stop at the first surprise as well.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use glassrec::catalog::Catalogue;
use glassrec::families::{self, Family, FamilyName, Part, Want};
use glassrec::history::History;
use glassrec::manifest::Manifest;
use glassrec::measure::{Answered, Asked, Films, HeldOut, Measure, Protocol, User, curve, thirds};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    tolerance: f64,
    families: BTreeMap<String, Figures>,
}

#[derive(Deserialize)]
struct Figures {
    #[serde(rename = "ndcg@10")]
    ndcg: f64,
    #[serde(rename = "hr@10")]
    hit_rate: f64,
    last: Right,
    popularity_lift: f64,
    novelty: f64,
    coverage: f64,
    gini: f64,
    miscalibration: f64,
    diversity: f64,
    groups: Vec<f64>,
}

#[derive(Deserialize)]
struct Right {
    #[serde(rename = "ndcg@10")]
    ndcg: f64,
    #[serde(rename = "hr@10")]
    hit_rate: f64,
}

#[test]
fn counting_families_reach_what_python_measured() {
    let manifest = Manifest::from_json(&read("manifest.json")).unwrap();
    let catalogue = Catalogue::from_json(&read(&manifest.catalogue.file.path)).unwrap();
    let users = &manifest.held_out.as_ref().unwrap().files["users"].path;
    let held = HeldOut::from_json(&read(users), catalogue.n_items()).unwrap();
    let films = Films::new(&held, &catalogue);
    let golden: Golden = serde_json::from_slice(&read("golden/held_out.json")).unwrap();
    let third = thirds(&held.users);
    let counting = families::shipped(&manifest).filter(|it| it.card.score.is_sum());
    let names: Vec<&str> = counting.map(|it| it.card.name).collect();
    assert_eq!(names.len(), 7);
    for name in names {
        let family = open(&manifest, name);
        let answered: Vec<Answered> =
            held.users.iter().map(|user| answered(&*family, user, &films)).collect();
        let wanted = &golden.families[name];
        let check = |what: &str, of: &[Answered], measure, asked, want: f64| {
            let protocol = Protocol { asked, ..Protocol::default() };
            let got = curve(of, measure, protocol, films.n_items()).last().unwrap().value;
            assert!((got - want).abs() <= golden.tolerance, "{name}, {what}: {got}, not {want}");
        };
        for (what, measure, asked, want) in [
            ("NDCG@10", Measure::Ndcg, Asked::LastTen, wanted.ndcg),
            ("HR@10", Measure::HitRate, Asked::LastTen, wanted.hit_rate),
            ("NDCG@10 of the last", Measure::Ndcg, Asked::Last, wanted.last.ndcg),
            ("HR@10 of the last", Measure::HitRate, Asked::Last, wanted.last.hit_rate),
            ("lift", Measure::PopularityLift, Asked::LastTen, wanted.popularity_lift),
            ("novelty", Measure::Novelty, Asked::LastTen, wanted.novelty),
            ("coverage", Measure::Coverage, Asked::LastTen, wanted.coverage),
            ("Gini", Measure::Gini, Asked::LastTen, wanted.gini),
            ("miscalibration", Measure::Miscalibration, Asked::LastTen, wanted.miscalibration),
            ("diversity", Measure::Diversity, Asked::LastTen, wanted.diversity),
        ] {
            check(what, &answered, measure, asked, want);
        }
        for (group, want) in wanted.groups.iter().enumerate() {
            let of_group: Vec<Answered> = answered
                .iter()
                .zip(&third)
                .filter(|it| *it.1 == group)
                .map(|it| it.0.clone())
                .collect();
            check("a group", &of_group, Measure::Ndcg, Asked::LastTen, *want);
        }
    }
}

fn answered(family: &dyn Family, user: &User, films: &Films) -> Answered {
    let questions: Vec<_> = user.questions().collect();
    let histories: Vec<History> = questions.iter().map(|it| it.history.clone()).collect();
    let scores = family.scores(&histories, vec![]).unwrap().scores;
    assert_eq!(family.plan(&histories, Want::Scores).unwrap(), vec![]);
    let standings =
        questions.iter().zip(&scores).map(|(it, scores)| it.standings(scores)).collect();
    let (last, scores) = (questions.last().unwrap(), scores.last().unwrap());
    Answered::new(standings, last, scores, films).unwrap()
}

fn open(manifest: &Manifest, name: &str) -> Box<dyn Family> {
    let name = FamilyName(name.to_owned());
    let parts = families::parts_of(&name, manifest).unwrap().into_iter();
    let files = parts.filter(|it| it.part != Part::Graph).map(|it| it.file.path);
    let files = files.map(|path| (path.clone(), read(&path))).collect();
    families::open(&name, manifest, &files).unwrap()
}

fn read(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/artifacts").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{} is missing: {error}", path.display()))
}
