//! Opens the shipped catalogue and answers requests, one a line.

use std::collections::HashMap;

use glassrec_core::catalog::{Catalogue, ItemRow};
use glassrec_core::dialogue::{
    Evidence, Heard, N_PIECES, Names, Question, Scene, Seeker, Unmet, Weights, Wish, pieces, rank,
};
use glassrec_core::nearest::Vectors;
use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue;
use super::files::Artifacts;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Request {
    Labelled { labels: Vec<String> },
    Hear(Said),
    Replay { context: Vec<String> },
    Pieces(Asked),
    Rank { asked: Asked, weights: Weights, top: usize },
    Scores { asked: Asked, weights: Weights },
    Seek { target: ItemRow, names_people: bool, shown: Vec<Vec<ItemRow>> },
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Said {
    wish: Wish,
    message: String,
    shown: Vec<ItemRow>,
    about: Option<ItemRow>,
    before: Option<Wish>,
}

/// A wish with what the models say of it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Asked {
    wish: Wish,
    /// Of its words; empty where they were not read.
    vector: Vec<f32>,
    /// Logits of the sequential model, base64 of f32; empty where it was not asked.
    next: String,
    /// Conversations that named each film; empty where it does not count.
    named: Vec<u16>,
}

pub(super) struct Site {
    catalogue: Catalogue,
    names: Names,
    vectors: Vectors,
    /// Conversations go on from where they were before.
    replayed: HashMap<Vec<String>, Heard>,
}

impl Site {
    pub(super) fn open(artifacts: &Artifacts) -> Self {
        let catalogue = catalogue::shipped(artifacts);
        let dim = artifacts.manifest()["encoder"]["dim"].as_u64().unwrap() as usize;
        let bytes = artifacts.read("/encoder/files/vectors/path");
        let vectors = Vectors::from_bytes(&bytes, catalogue.n_items(), dim).unwrap();
        let names = Names::new(&catalogue);
        Self { catalogue, names, vectors, replayed: HashMap::new() }
    }

    pub(super) fn answer(&mut self, request: Request) -> Value {
        match request {
            Request::Labelled { labels } => {
                let rows = labels.iter().map(|it| self.catalogue.film_labelled(it));
                json!({ "rows": rows.collect::<Vec<_>>() })
            }
            Request::Hear(said) => {
                let scene =
                    Scene { shown: &said.shown, about: said.about, before: said.before.as_ref() };
                self.as_json(&self.hear(&said.wish, &said.message, scene))
            }
            Request::Replay { context } => json!({ "wish": self.replay(&context).wish }),
            Request::Pieces(asked) => {
                let mut all = vec![f32::NAN; self.catalogue.n_items() * N_PIECES];
                for (item, pieces) in pieces(&asked.wish, &self.catalogue, &self.evidence(&asked)) {
                    let at = item.index() * N_PIECES;
                    all[at..at + N_PIECES].copy_from_slice(&pieces);
                }
                json!({ "pieces": to_base64(&all) })
            }
            Request::Rank { asked, weights, top } => {
                let evidence = self.evidence(&asked);
                let (ranked, n_fit) = rank(&asked.wish, &self.catalogue, &evidence, &weights, top);
                let ranked: Vec<_> = ranked.iter().map(|it| (it.item, it.score)).collect();
                json!({ "ranked": ranked, "n_fit": n_fit })
            }
            Request::Scores { asked, weights } => {
                let n_items = self.catalogue.n_items();
                let mut all = vec![f32::NEG_INFINITY; n_items];
                let evidence = self.evidence(&asked);
                for it in rank(&asked.wish, &self.catalogue, &evidence, &weights, n_items).0 {
                    all[it.item.index()] = it.score;
                }
                json!({ "scores": to_base64(&all) })
            }
            Request::Seek { target, names_people, shown } => {
                let mut seeker = Seeker::new(target);
                seeker.names_people = names_people;
                let said = shown.iter().map(|it| seeker.say(&self.catalogue, it)).last();
                json!({ "message": said.flatten() })
            }
        }
    }

    fn hear(&self, wish: &Wish, message: &str, scene: Scene<'_>) -> Heard {
        wish.hear(message, scene, &self.names, &self.catalogue)
    }

    /// The seeker spoke last, and the two take turns. What the other one said is read for the films it names,
    /// which stand for the films the page shows, and for nothing else.
    fn replay(&mut self, context: &[String]) -> Heard {
        let Some((newest, before)) = context.split_last() else { return Heard::default() };
        if let Some(heard) = self.replayed.get(context) {
            return heard.clone();
        }
        let (shown, heard) = match before.split_last() {
            Some((other, before)) => {
                let named = self.hear(&Wish::default(), other, Scene::default()).films;
                (named, self.replay(before))
            }
            None => (Vec::new(), Heard::default()),
        };
        let scene = Scene { shown: &shown, about: heard.about, before: None };
        let heard = self.hear(&heard.wish, newest, scene);
        self.replayed.insert(context.to_vec(), heard.clone());
        heard
    }

    fn evidence(&self, asked: &Asked) -> Evidence {
        let is_read = !asked.vector.is_empty();
        let meaning = if is_read { self.vectors.dots(&asked.vector) } else { Vec::new() };
        let likeness = self.vectors.mean_dots(&asked.wish.liked);
        Evidence { meaning, likeness, next: from_base64(&asked.next), named: asked.named.clone() }
    }

    fn as_json(&self, heard: &Heard) -> Value {
        let question = heard.question.map(|Question { film, field }| (film, field));
        let unmet: Vec<_> = heard.unmet.iter().map(|Unmet { words, why }| (words, why)).collect();
        let parts = heard.wish.parts();
        let parts: Vec<String> = parts.iter().map(|it| it.name(&self.catalogue)).collect();
        json!({
            "intent": heard.intent, "question": question, "about": heard.about, "films": heard.films,
            "compared": heard.compared, "put_away": heard.put_away, "unmet": unmet, "is_cut": heard.is_cut,
            "wish": heard.wish, "parts": parts, "profile": heard.wish.profile(&self.catalogue),
        })
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn to_base64(numbers: &[f32]) -> String {
    let bytes: Vec<u8> = numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, &it| bits << 8 | u32::from(it))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

fn from_base64(text: &str) -> Vec<f32> {
    let value = |letter: u8| LETTERS.iter().position(|it| *it == letter);
    let mut of_letter = [0_u32; 256];
    (0..=255_u8).for_each(|it| of_letter[usize::from(it)] = value(it).unwrap_or(0) as u32);
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = chunk.iter().fold(0, |bits, &it| bits << 6 | of_letter[usize::from(it)]);
        let bits = bits << (6 * (4 - chunk.len()));
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(chunk.len() * 3 / 4));
    }
    bytes.as_chunks().0.iter().map(|it| f32::from_le_bytes(*it)).collect()
}
