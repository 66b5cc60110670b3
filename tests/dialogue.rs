//! What Python made of conversations has to come out of Rust: words read, wishes kept, films ranked.
//! Vectors of the words are stored; the encoder itself is asked in the browser.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use glassrec::catalog::{Catalogue, ItemRow};
use glassrec::dialogue::{Evidence, Fitted, FittedError, Intent, Names, Trait, Wish, Years, rank};
use glassrec::manifest::Manifest;
use glassrec::nearest::Vectors;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Golden {
    tolerance: f32,
    next_period: usize,
    talks: Vec<Talk>,
}

#[derive(Deserialize)]
struct Talk {
    name: String,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    message: String,
    shown: Vec<ItemRow>,
    intent: String,
    question: Option<(ItemRow, String)>,
    is_cut: bool,
    wish: GoldenWish,
    /// Of the words searched, times 127; empty where none were.
    vector: Vec<i8>,
    top: Vec<(ItemRow, f32)>,
}

#[derive(Deserialize)]
struct GoldenWish {
    liked: Vec<ItemRow>,
    disliked: Vec<ItemRow>,
    rejected: Vec<ItemRow>,
    wanted: Vec<(String, String)>,
    unwanted: Vec<(String, String)>,
    years: (Option<u16>, Option<u16>),
    text: String,
}

#[test]
fn every_talk_comes_to_what_python_came_to() {
    let shipped = Shipped::open();
    let golden: Golden = shipped.golden();
    assert!(golden.talks.len() >= 12, "only {} talks", golden.talks.len());
    for Talk { name, turns } in &golden.talks {
        let mut wish = Wish::default();
        for turn in turns {
            let case = format!("{name}, {:.80}", turn.message);
            let heard = wish.hear(&turn.message, &turn.shown, &shipped.names, &shipped.catalogue);
            assert_eq!(intent_name(heard.intent), turn.intent, "{case}");
            assert_eq!(heard.wish, turn.wish.read(), "{case}");
            assert_eq!(heard.is_cut, turn.is_cut, "{case}");
            let asked =
                heard.question.map(|it| (it.film, format!("{:?}", it.field).to_lowercase()));
            assert_eq!(asked, turn.question, "{case}");
            wish = heard.wish;
            shipped.check_top(&wish, turn, &golden, &case);
        }
    }
}

#[test]
fn a_wish_reads_back_from_its_own_profile() {
    let shipped = Shipped::open();
    let golden: Golden = shipped.golden();
    for turn in golden.talks.iter().flat_map(|talk| &talk.turns) {
        let wish = turn.wish.read();
        let profile = wish.profile(&shipped.catalogue);
        let back = wish.from_profile(&profile, &shipped.names, &shipped.catalogue);
        assert_eq!(back.profile(&shipped.catalogue), profile);
    }
}

#[test]
fn weights_that_are_damaged_are_refused() {
    let json = artifact("dialogue.json");
    let whole = Fitted::from_json(&json).unwrap();
    assert!(whole.weights(true).next > 0.0 && whole.weights(false).next == 0.0);
    for length in (0..json.len() - 2).step_by(97) {
        assert!(matches!(Fitted::from_json(&json[..length]), Err(FittedError::Unreadable(_))));
    }
    let mut other: serde_json::Value = serde_json::from_slice(&json).unwrap();
    other["version"] = 2.into();
    let other = Fitted::from_json(other.to_string().as_bytes());
    assert!(matches!(other, Err(FittedError::UnknownVersion { version: 2 })));
}

struct Shipped {
    manifest: Manifest,
    catalogue: Catalogue,
    names: Names,
    vectors: Vectors,
    fitted: Fitted,
}

impl Shipped {
    fn open() -> Self {
        let manifest = Manifest::from_json(&artifact("manifest.json")).unwrap();
        let catalogue = Catalogue::from_json(&artifact(&manifest.catalogue.file.path)).unwrap();
        catalogue.add_details(&artifact(&manifest.catalogue.details.path)).unwrap();
        let encoder = manifest.encoder.as_ref().unwrap();
        let bytes = artifact(&encoder.file("vectors").unwrap().path);
        let vectors = Vectors::from_bytes(&bytes, catalogue.n_items(), encoder.dim).unwrap();
        let names = Names::new(&catalogue);
        let path = &manifest.dialogue.as_ref().unwrap().files["weights"].path;
        let fitted = Fitted::from_json(&artifact(path)).unwrap();
        Self { manifest, catalogue, names, vectors, fitted }
    }

    fn golden<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&artifact(&self.manifest.golden["dialogue"].path)).unwrap()
    }

    /// The same films with the same scores, where films within the tolerance may change places.
    fn check_top(&self, wish: &Wish, turn: &Turn, golden: &Golden, case: &str) {
        let mut evidence =
            Evidence { likeness: self.vectors.mean_dots(&wish.liked), ..Evidence::default() };
        if !turn.vector.is_empty() {
            let query: Vec<f32> = turn.vector.iter().map(|&it| f32::from(it) / 127.0).collect();
            evidence.meaning = self.vectors.dots(&query);
        }
        if !wish.liked.is_empty() {
            let n_items = self.catalogue.n_items();
            evidence.next = (0..n_items).map(|row| (row % golden.next_period) as f32).collect();
        }
        let weights = self.fitted.weights(!evidence.next.is_empty());
        let n_asked = turn.top.len() + 5;
        let (ranked, n_fit) = rank(wish, &self.catalogue, &evidence, &weights, n_asked);
        assert_eq!(turn.top.len(), n_fit.min(10), "{case}");
        for ((film, score), at) in turn.top.iter().zip(&ranked) {
            assert!((at.score - score).abs() <= golden.tolerance, "{case}: {} {score}", at.score);
            let got = ranked.iter().find(|it| it.item == *film);
            let got = got.unwrap_or_else(|| panic!("{case}: {} is missing", film.0));
            assert!((got.score - score).abs() <= golden.tolerance, "{case}: {} {score}", got.score);
        }
    }
}

impl GoldenWish {
    fn read(&self) -> Wish {
        let traits = |list: &[(String, String)]| {
            let read = |(kind, name): &(String, String)| match kind.as_str() {
                "genre" => Trait::Genre(name.clone()),
                "tag" => Trait::Tag(name.clone()),
                "person" => Trait::Person(name.clone()),
                other => panic!("no trait is a {other}"),
            };
            list.iter().map(read).collect()
        };
        Wish {
            liked: self.liked.clone(),
            disliked: self.disliked.clone(),
            rejected: self.rejected.clone(),
            wanted: traits(&self.wanted),
            unwanted: traits(&self.unwanted),
            years: Years { from: self.years.0, to: self.years.1 },
            text: self.text.clone(),
        }
    }
}

fn intent_name(intent: Intent) -> &'static str {
    match intent {
        Intent::Ask => "ask",
        Intent::Refine => "refine",
        Intent::Critique => "critique",
        Intent::Reject => "reject",
        Intent::Explain => "explain",
        Intent::ChitChat => "chit-chat",
    }
}

fn artifact(path: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models/artifacts");
    std::fs::read(folder.join(path)).unwrap()
}
