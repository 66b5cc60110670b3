//! What Python wrote into `models/artifacts` is what Rust reads: whole, consistent, and with the
//! same answers. A missing file fails: the site cannot be built without it.
#![allow(clippy::unwrap_used)] // The helpers of a test may stop at the first surprise as well.

#[path = "artifacts/films.rs"]
mod films;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use glassrec::catalog::{Catalogue, ItemRow};
use glassrec::explain::{Question, explain};
use glassrec::families::{self, FamilyName, Kind, Part, Parts, Want};
use glassrec::history::History;
use glassrec::manifest::{self, Axis, FileRef, Manifest};
use glassrec::map::{FilmMap, Layout};
use glassrec::nearest::Vectors;
use glassrec::recommend::{rank, rank_of};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Golden {
    tolerance: f32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    history: Vec<u32>,
    top: Vec<(u32, f32)>,
}

#[derive(Deserialize)]
struct ItemText {
    row: u32,
    text: String,
}

#[test]
fn every_file_is_the_one_the_manifest_names() {
    for file in manifest().files() {
        let bytes = read(&file.path);
        manifest::verify(&bytes, file).unwrap();
    }
}

#[test]
fn the_site_ships_every_registered_family() {
    let manifest = manifest();
    let shipped: Vec<&str> = families::shipped(&manifest).map(|it| it.card.name).collect();
    let registered: Vec<&str> = families::REGISTRY.iter().map(|it| it.card.name).collect();
    assert_eq!(shipped, registered);
    for name in manifest.families.keys() {
        assert!(registered.contains(&name.as_str()), "{name} is shipped but not registered");
        assert!(manifest.golden.contains_key(name), "{name} has no golden answers");
    }
}

#[test]
fn every_family_says_how_well_it_does() {
    for (name, family) in &manifest().families {
        let results = family.results.as_ref().unwrap_or_else(|| panic!("{name} has no results"));
        assert_eq!(results.table, "B", "{name}");
        assert!((0.0..1.0).contains(&results.ndcg_at_10), "{name}");
        assert!(results.n_users > 100, "{name}");
    }
}

#[test]
fn the_maps_have_every_film_and_name_their_regions() {
    let manifest = manifest();
    let n_items = manifest.catalogue.n_items;
    let entry = manifest.map.unwrap();
    assert_eq!(entry.files.len(), Layout::ALL.len());
    for layout in Layout::ALL {
        let map = FilmMap::from_bytes(&read(&entry.files[layout.as_str()].path), n_items).unwrap();
        assert_eq!(map.points().len(), n_items);
        let n_in: Vec<usize> = (0..map.regions().len()).map(|it| map.in_region(it).len()).collect();
        assert_eq!(n_in.iter().sum::<usize>(), n_items);
        assert!((20..=35).contains(&n_in.len()) && n_in.iter().all(|&n| n > 50), "{n_in:?}");
    }
}

#[test]
fn item_texts_are_those_python_wrote() {
    let manifest = manifest();
    let catalogue = catalogue(&manifest);
    let texts: Vec<ItemText> = golden(&manifest, "item_texts");
    assert!(texts.len() >= 10);
    for want in texts {
        assert_eq!(catalogue.item_text(ItemRow(want.row)), want.text);
    }
}

#[test]
fn families_that_are_sums_give_the_stored_answers() {
    let manifest = manifest();
    let n_items = manifest.catalogue.n_items;
    let sums = families::shipped(&manifest).filter(|it| it.card.score.is_sum());
    let names: Vec<&str> = sums.map(|it| it.card.name).collect();
    assert_eq!(names.len(), 7);
    for name in names {
        let family = open(&manifest, name);
        let golden: Golden = golden(&manifest, name);
        assert!(golden.cases.len() >= 3, "{name}");
        for Case { name: case, history, top } in golden.cases {
            let history: History = history.into_iter().map(ItemRow).collect();
            let batch = [history];
            assert_eq!(family.plan(&batch, Want::Scores).unwrap(), vec![]);
            let scored = family.scores(&batch, vec![]).unwrap();
            let list = rank(&scored.scores[0], n_items, &batch[0], top.len()).unwrap();
            // Films whose scores differ by less than the tolerance may come in either order.
            for (place, (got, (row, score))) in list.iter().zip(&top).enumerate() {
                let at = format!("{name}, {case}, place {place}");
                let near = |a: f32, b: f32| (a - b).abs() <= golden.tolerance;
                assert!(near(got.score, *score), "{at}: {got:?}, not {score}");
                let stored = scored.scores[0][*row as usize];
                assert!(near(stored, *score), "{at}: row {row} scores {stored}, not {score}");
            }
        }
    }
}

/// Histories that readers have: golden ones, five well known films, one pick, none.
fn histories(manifest: &Manifest, name: &str) -> Vec<History> {
    let golden: Golden = golden(manifest, name);
    let told = |rows: Vec<u32>| rows.into_iter().map(ItemRow).collect::<History>();
    let known = known_films(manifest);
    let mut all: Vec<History> = golden.cases.into_iter().map(|case| told(case.history)).collect();
    all.extend([known.newest(1), known, History::default()]);
    all
}

/// Alien, Blade Runner, The Matrix, Heat, Fargo.
fn known_films(manifest: &Manifest) -> History {
    let catalogue = catalogue(manifest);
    let row = |id| catalogue.rows().find(|&row| catalogue.movie_id(row) == Some(id)).unwrap();
    [1214, 541, 2571, 6, 608].map(row).into_iter().collect()
}

#[test]
fn the_parts_of_every_sum_add_up_to_the_score() {
    let manifest = manifest();
    let mut n_sums = 0;
    for it in families::shipped(&manifest) {
        let name = it.card.name;
        let family = open(&manifest, name);
        if family.contributions(&History::default(), ItemRow(0)).is_none() {
            assert!(!it.card.score.is_sum(), "{name} is a sum and keeps its parts to itself");
            continue;
        }
        n_sums += 1;
        for history in histories(&manifest, name) {
            let batch = [history.clone()];
            let scores = family.scores(&batch, vec![]).unwrap().scores;
            for film in rank(&scores[0], manifest.catalogue.n_items, &history, 50).unwrap() {
                let Parts { start, picks } = family.contributions(&history, film.item).unwrap();
                assert_eq!(picks.len(), history.len().min(family.max_history()));
                let sum = start + picks.iter().sum::<f32>();
                assert!((sum - film.score).abs() < 1e-3, "{name}: {sum} is not {film:?}");
                let starts = matches!(name, "popularity" | "text_history" | "markov");
                assert_eq!(start > 0.0, starts, "{name}: popularity is a part where it counts");
            }
        }
    }
    assert_eq!(n_sums, 7);
}

#[test]
fn cards_claim_no_more_than_was_measured() {
    let manifest = manifest();
    let results = |name: &str| manifest.family(name).unwrap().results.clone().unwrap();
    let says = |name: &str, words: &str| {
        let card = families::find(&FamilyName(name.to_owned())).unwrap().card;
        assert!(card.description.contains(words), "{name} no longer says {words:?}");
    };
    let others = |name: &str| {
        let mut all: Vec<&str> = families::shipped(&manifest).map(|it| it.card.name).collect();
        all.retain(|it| *it != name && *it != "popularity");
        all
    };

    says("popularity", "Any model worth its download has to beat it");
    let popular = results("popularity").ndcg_at_10;
    assert!(others("popularity").iter().all(|it| results(it).ndcg_at_10 > popular));

    says(
        "markov",
        "Every model here that learned from people and reads more films names the next film",
    );
    let markov = results("markov").hr_at_10;
    let mut of_people = others("markov");
    of_people.retain(|it| *it != "text_history");
    assert!(of_people.iter().all(|it| results(it).hr_at_10 > markov));

    says("ease_recency", "The strongest of the plain models here");
    let best = results("ease_recency").ndcg_at_10;
    let plain = |it: &&&str| {
        families::find(&FamilyName((**it).to_owned())).unwrap().card.kind == Kind::Baseline
    };
    assert!(others("ease_recency").iter().filter(plain).all(|it| results(it).ndcg_at_10 < best));

    let measured: serde_json::Value = serde_json::from_slice(&read("results.json")).unwrap();
    let ahead = |ours: &str, theirs: &str| {
        let found = &measured["tables"]["B"]["differences"][format!("{ours} - {theirs}")];
        ["low", "high"].map(|end| found[end].as_f64().unwrap())
    };

    says("sasrec", "alone it ranks below EASE with recency");
    says("sasrec_ease", "level with EASE with recency, which neither does alone");
    let [low, high] = ahead("sasrec_ease", "ease_recency");
    assert!(low < 0.0 && high > 0.0, "{low} to {high}");
    for alone in ["sasrec", "ease"] {
        let [_, high] = ahead(alone, "ease_recency");
        assert!(high < 0.0, "{alone}: {high}");
    }

    says("mult_vae", "completes a set of films better than EASE alone");
    let [low, _] = ahead("mult_vae", "ease");
    assert!(low > 0.0, "{low}");
    let set = |name: &str| {
        let rows = measured["tables"]["C"]["rows"].as_array().unwrap();
        let row = rows.iter().find(|it| it["family"] == name && it["form"] == "shipped").unwrap();
        row["ndcg@100"].as_f64().unwrap()
    };
    assert!(set("mult_vae") > set("ease"));

    says("irgan", "the rounds make it worse than it was before them");
    let rounds = manifest.family("irgan").unwrap().rounds.clone().unwrap();
    assert!(rounds.after.high < rounds.before.low);

    says("gru4rec", "without the newest, fewer than half of its recommendations stay");
    let faithfulness = manifest.family("gru4rec").unwrap().faithfulness.clone().unwrap();
    assert!(faithfulness.most_recent < 0.5 && faithfulness.random > 0.7);
}

#[test]
fn popularity_is_often_the_larger_part_of_text_only() {
    let manifest = manifest();
    let family = open(&manifest, "text_history");
    assert!(family.card().description.contains("often the larger part of its scores"));
    let mut shares = Vec::new();
    for history in histories(&manifest, "text_history") {
        let scores = family.scores(std::slice::from_ref(&history), vec![]).unwrap().scores;
        for film in rank(&scores[0], manifest.catalogue.n_items, &history, 10).unwrap() {
            let parts = family.contributions(&history, film.item).unwrap();
            shares.push(parts.start / film.score);
        }
    }
    let n_larger = shares.iter().filter(|&&share| share > 0.5).count();
    assert!(2 * n_larger > shares.len(), "{n_larger} of {}", shares.len());
}

#[test]
fn leaving_a_pick_out_of_a_plain_sum_takes_its_summand_away() {
    let manifest = manifest();
    let family = open(&manifest, "ease");
    let golden: Golden = golden(&manifest, "ease");
    let case = &golden.cases[0];
    let history: History = case.history.iter().copied().map(ItemRow).collect();
    let item = ItemRow(case.top[0].0);
    let question =
        Question { history: &history, item, within: 5, max_history: family.max_history() };
    let score =
        async |batch: Vec<History>| family.scores(&batch, vec![]).map(|scored| scored.scores);
    let explained = now(explain(&question, score)).unwrap();
    assert_eq!(explained.rank, 1);
    let parts = family.contributions(&history, item).unwrap().picks;
    assert_eq!(explained.influence.len(), parts.len());
    for (influence, part) in explained.influence.iter().zip(parts) {
        assert!((influence.score_drop - part).abs() < 1e-4, "{influence:?} is not {part}");
    }
    // The set can be tried: without it the film is out of the first five.
    let set = explained.counterfactual.unwrap();
    let without = [history.without_items(&set.removed)];
    let scores = family.scores(&without, vec![]).unwrap().scores;
    assert_eq!(rank_of(&scores[0], item, &without[0]), Ok(set.rank_after));
    assert!(set.rank_after > 5);
}

#[test]
fn a_network_asks_for_the_inputs_its_manifest_names() {
    let manifest = manifest();
    let family = open(&manifest, "sasrec_ease");
    let golden: Golden = golden(&manifest, "sasrec_ease");
    let histories: Vec<History> =
        golden.cases.iter().map(|it| it.history.iter().copied().map(ItemRow).collect()).collect();
    let run = family.plan(&histories, Want::ScoresAndAttention).unwrap().remove(0);
    let entry = manifest.family("sasrec_ease").unwrap();
    let inputs: Vec<&str> = run.inputs.iter().map(|(name, _)| *name).collect();
    assert_eq!(inputs, entry.inputs.keys().collect::<Vec<_>>());
    assert!(run.outputs.iter().all(|name| entry.outputs.contains_key(*name)));
    assert_eq!(run.inputs[0].1.shape, [histories.len(), entry.max_history]);
}

#[test]
fn every_graph_is_fed_what_its_manifest_names() {
    let manifest = manifest();
    let history: History = [3, 1, 2].into_iter().map(ItemRow).collect();
    let (mut n_graphs, mut n_probed) = (0, 0);
    for it in families::shipped(&manifest) {
        let batch = [history.clone(), history.clone()];
        for run in open(&manifest, it.card.name).plan(&batch, Want::Scores).unwrap() {
            let entry = manifest.family(run.of).unwrap();
            assert_eq!(run.inputs.len(), entry.inputs.len(), "{}", it.card.name);
            for (name, tensor) in &run.inputs {
                let wanted = &entry.inputs[*name].shape;
                assert_eq!(tensor.shape.len(), wanted.len());
                for (got, want) in tensor.shape.iter().zip(wanted) {
                    assert!(matches!(want, Axis::Named(_)) || *want == Axis::Fixed(*got), "{name}");
                }
            }
            n_graphs += 1;
            n_probed += run.inputs.len() - 1;
        }
    }
    assert!(n_graphs >= 8 && n_probed >= 2, "{n_graphs} graphs, {n_probed} further inputs");
}

#[test]
fn shipped_vectors_are_unit_vectors_of_this_catalogue() {
    let manifest = manifest();
    let encoder = manifest.encoder.as_ref().unwrap();
    let bytes = read(&encoder.file("vectors").unwrap().path);
    let vectors = Vectors::from_bytes(&bytes, manifest.catalogue.n_items, encoder.dim).unwrap();
    for row in (0..vectors.len() as u32).step_by(97).map(ItemRow) {
        let vector = vectors.vector(row).unwrap();
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        assert!((length - 1.0).abs() < 0.02, "row {} has length {length}", row.0);
        let nearest = vectors.nearest(&vector, 1).unwrap();
        assert!(nearest[0].similarity > 0.98, "row {}", row.0);
    }
}

#[test]
fn files_stay_within_their_sizes() {
    let manifest = manifest();
    let bytes_of = |family: &str, part: &str| manifest.file_of(family, part).unwrap().bytes;
    assert!(bytes_of("sasrec_ease", "graph") <= 1_500_000);
    // Families may share a file: a path counts once. Text vectors are the encoder's.
    let own: BTreeMap<&str, (&str, u64)> = manifest
        .families
        .values()
        .flat_map(|family| &family.files)
        .filter(|(part, _)| *part != "vectors")
        .map(|(part, file)| (file.path.as_str(), (part.as_str(), file.bytes)))
        .collect();
    let n_bytes = |is_one: &dyn Fn(&str) -> bool| -> u64 {
        own.values().filter(|(part, _)| is_one(part)).map(|(_, bytes)| bytes).sum()
    };
    assert!(n_bytes(&|part| part == "table" || part == "scores") <= 6_000_000, "{own:?}");
    assert!(n_bytes(&|_| true) <= 30_000_000, "{own:?}");
}

/// The answer of a future that never waits, as counting families do not.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a counting family does not wait"),
    }
}

fn open(manifest: &Manifest, name: &str) -> Box<dyn families::Family> {
    let name = FamilyName(name.to_owned());
    let parts = families::parts_of(&name, manifest).unwrap().into_iter();
    let files = parts.filter(|it| it.part != Part::Graph).map(|it| it.file.path);
    let files = files.map(|path| (path.clone(), read(&path))).collect();
    families::open(&name, manifest, &files).unwrap()
}

fn manifest() -> Manifest {
    Manifest::from_json(&read("manifest.json")).unwrap()
}

fn catalogue(manifest: &Manifest) -> Catalogue {
    let catalogue = Catalogue::from_json(&read(&manifest.catalogue.file.path)).unwrap();
    catalogue.add_details(&read(&manifest.catalogue.details.path)).unwrap();
    catalogue
}

fn golden<T: DeserializeOwned>(manifest: &Manifest, name: &str) -> T {
    let FileRef { path, .. } = &manifest.golden[name];
    serde_json::from_slice(&read(path)).unwrap()
}

fn read(path: &str) -> Vec<u8> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/artifacts").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{} is missing: {error}", path.display()))
}
