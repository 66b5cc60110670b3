//! What is said to the shipped catalogue, and what is right to hear: `dialogue/talks.txt`.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use glassrec::catalog::{Catalogue, ItemRow};
use glassrec::dialogue::{
    Evidence, Fitted, FittedError, Heard, LEAST_COSINE, Names, Part, Reason, Scene, Trait, Weights,
    Wish, claims, rank,
};
use glassrec::manifest::Manifest;

const TALKS: &str = include_str!("dialogue/talks.txt");

/// Messages, the films on screen, and what is understood of them.
struct Talk<'a> {
    said: Vec<&'a str>,
    shown: Vec<ItemRow>,
    right: Vec<&'a str>,
}

struct Site {
    catalogue: Catalogue,
    names: Names,
    fitted: Fitted,
}

#[test]
fn every_talk_is_heard_right() {
    let site = Site::open();
    let talks = site.talks();
    assert!(talks.len() >= 200, "only {} talks", talks.len());
    let wrong: Vec<String> = talks.iter().filter_map(|it| site.wrong(it)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), talks.len(), wrong.join("\n"));
}

#[test]
fn a_wish_reads_back_from_its_own_profile() {
    let Site { catalogue, names, .. } = &Site::open();
    for talk in Site::open().talks() {
        let wish = Site::hear_all(catalogue, names, &talk).wish;
        let profile = wish.profile(catalogue);
        let back = wish.from_profile(&profile, names, catalogue);
        assert_eq!(back.wish.profile(catalogue), profile, "{:?}", talk.said);
        assert!(back.unmet.is_empty(), "{:?}: {:?}", talk.said, back.unmet);
    }
}

#[test]
fn what_passes_has_what_was_asked_for_and_nothing_unwanted() {
    let site = Site::open();
    for talk in site.talks() {
        let heard = Site::hear_all(&site.catalogue, &site.names, &talk);
        let weights = site.fitted.weights(false);
        let (ranked, n_fit) =
            rank(&heard.wish, &site.catalogue, &Evidence::default(), &weights, 10);
        assert_eq!(ranked.len(), n_fit.min(10));
        for film in ranked.iter().map(|it| it.item) {
            let of = |it: &Trait| it.is_of(&site.catalogue, film);
            assert!(!heard.wish.unwanted.iter().any(of), "{:?}: {film:?}", talk.said);
            assert!(heard.wish.years.hold(site.catalogue.year(film)));
            assert!(!heard.wish.rejected.contains(&film) && !heard.wish.passed.contains(&film));
            let is_country = |it: &&Trait| matches!(it, Trait::Country(_));
            let mut countries = heard.wish.wanted.iter().filter(is_country).peekable();
            assert!(countries.peek().is_none() || countries.any(of), "{:?}", talk.said);
        }
        // No cosine was measured, so none carries a film.
        for claim in claims(&heard, &ranked, &site.catalogue) {
            let said = format!("{claim:?}");
            assert!(!said.contains("Meaning") && !said.contains("Like("), "{said}");
        }
    }
    assert!(LEAST_COSINE > 0.2 && Reason::Meaning(LEAST_COSINE) != Reason::Meaning(0.0));
}

#[test]
fn asking_for_more_brings_the_films_after_those_on_screen() {
    let Site { catalogue, names, fitted } = &Site::open();
    let ranked = |wish: &Wish| {
        let weights: Weights = fitted.weights(false);
        let (ranked, _) = rank(wish, catalogue, &Evidence::default(), &weights, 9);
        ranked.into_iter().map(|it| it.item).collect::<Vec<_>>()
    };
    let wish = Wish::default().hear("a heist film", Scene::default(), names, catalogue).wish;
    let all = ranked(&wish);
    let scene = Scene { shown: &all[..3], ..Scene::default() };
    let more = wish.hear("show me more", scene, names, catalogue).wish;
    assert_eq!(ranked(&more)[..6], all[3..]);
    let scene = Scene { shown: &all[3..6], ..Scene::default() };
    let more = more.hear("another", scene, names, catalogue).wish;
    assert_eq!(ranked(&more)[..3], all[6..]);
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
    other["version"] = 1.into();
    let other = Fitted::from_json(other.to_string().as_bytes());
    assert!(matches!(other, Err(FittedError::UnknownVersion { version: 1 })));
}

impl Site {
    fn open() -> Self {
        let manifest = Manifest::from_json(&artifact("manifest.json")).unwrap();
        let catalogue = Catalogue::from_json(&artifact(&manifest.catalogue.file.path)).unwrap();
        catalogue.add_details(&artifact(&manifest.catalogue.details.path)).unwrap();
        let path = &manifest.dialogue.as_ref().unwrap().files["weights"].path;
        let fitted = Fitted::from_json(&artifact(path)).unwrap();
        Self { names: Names::new(&catalogue), catalogue, fitted }
    }

    fn film(&self, name: &str) -> ItemRow {
        let is_called = |it: &ItemRow| self.name(*it) == name;
        self.catalogue.rows().find(is_called).unwrap_or_else(|| panic!("there is no {name}"))
    }

    fn name(&self, film: ItemRow) -> String {
        format!("{} ({})", self.catalogue.title(film), self.catalogue.year(film).unwrap_or(0))
    }

    fn talks(&self) -> Vec<Talk<'static>> {
        let parts = |text: &'static str, by: &'static str| {
            text.split(by).map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>()
        };
        let mut shown = Vec::new();
        let mut talks = Vec::new();
        for line in TALKS.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
            if let Some(films) = line.strip_prefix('[') {
                let films = parts(films.trim_end_matches(']'), ";");
                shown = films.into_iter().map(|it| self.film(it)).collect();
                continue;
            }
            let (said, right) = line.split_once(" => ").unwrap();
            talks.push(Talk {
                said: parts(said, " / "),
                shown: shown.clone(),
                right: parts(right, ";"),
            });
        }
        talks
    }

    fn hear_all(catalogue: &Catalogue, names: &Names, talk: &Talk<'_>) -> Heard {
        let mut heard = Heard::default();
        let mut before = Wish::default();
        for message in &talk.said {
            let scene = Scene { shown: &talk.shown, about: heard.about, before: Some(&before) };
            let next = heard.wish.hear(message, scene, names, catalogue);
            before = std::mem::replace(&mut heard, next).wish;
        }
        heard
    }

    /// What was heard instead, where that was wrong.
    fn wrong(&self, talk: &Talk<'_>) -> Option<String> {
        let heard = Self::hear_all(&self.catalogue, &self.names, talk);
        let may_be_left_out = |it: &&str| {
            it.starts_with(':')
                || ["asks", "about", "others", "together"].iter().any(|word| it.starts_with(word))
        };
        let mut must = self.understood(&heard);
        let beside = self.beside(&heard);
        let mut right: Vec<&str> =
            talk.right.iter().copied().filter(|it| !may_be_left_out(it)).collect();
        must.sort();
        right.sort_unstable();
        let said = talk.right.iter().filter(|it| may_be_left_out(it));
        let is_right = must == right && said.clone().all(|it| beside.iter().any(|has| has == it));
        (!is_right).then(|| {
            format!("{:?}\n  right {:?}\n  heard {must:?} {beside:?}", talk.said, talk.right)
        })
    }

    fn understood(&self, heard: &Heard) -> Vec<String> {
        let told = |part: &Part| {
            let name = part.name(&self.catalogue);
            Some(match part {
                Part::Wanted(_) => format!("+{name}"),
                Part::Unwanted(_) => format!("-{name}"),
                Part::Years(_) => format!("years {name}"),
                Part::Liked(film) => format!("liked {}", self.name(*film)),
                Part::Disliked(film) => format!("disliked {}", self.name(*film)),
                Part::Rejected(film) => format!("away {}", self.name(*film)),
                Part::Words(_) => return None,
            })
        };
        let reasons = heard.unmet.iter().map(|it| {
            let why = format!("{:?}", it.why);
            format!("?{}", why.split(' ').next().unwrap())
        });
        heard.wish.parts().iter().filter_map(told).chain(reasons).collect()
    }

    fn beside(&self, heard: &Heard) -> Vec<String> {
        let mut beside = vec![format!(":{:?}", heard.intent)];
        beside.extend(heard.about.map(|it| format!("about {}", self.name(it))));
        beside.extend(heard.question.map(|it| {
            format!("asks {} of {}", format!("{:?}", it.field).to_lowercase(), self.name(it.film))
        }));
        beside.extend(heard.wish.are_together.then(|| "together".to_owned()));
        beside.extend((!heard.wish.passed.is_empty()).then(|| "others".to_owned()));
        beside
    }
}

fn artifact(path: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models/artifacts");
    std::fs::read(folder.join(path)).unwrap()
}
