//! What sites of tests ship.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::families::{Card, Kind, REGISTRY, ScoreMeaning};
use crate::manifest::Manifest;

fn file(path: &str) -> Value {
    json!({"path": path, "bytes": 9, "sha256": "0".repeat(64)})
}

/// Of a site of `n` films, of `families` with their NDCG, and of `more`.
pub(super) fn manifest(n: usize, families: &[(&str, f64)], more: &Value) -> Manifest {
    let mut json = json!({
        "version": 1,
        "catalogue": {"file": file("a"), "details": file("details.json"), "n_items": n},
        "families": {},
    });
    for (name, ndcg) in families {
        json["families"][name] = json!({
            "files": {"graph": file(name)}, "max_history": 3,
            "results": {"table": "B", "n_users": 9, "n_questions": 90, "ndcg@10": ndcg, "hr@10": 0.1},
        });
    }
    merge(&mut json, more);
    Manifest::from_json(json.to_string().as_bytes()).unwrap()
}

/// All that a site can ship. The first family of the registry reached an NDCG of 0.01, the second of 0.02, and so on.
pub(super) fn whole_manifest(n: usize) -> Manifest {
    let cards: Vec<&Card> = REGISTRY.iter().map(|it| &it.card).collect();
    let reached_at = |at: usize| (at + 1) as f64 / 100.0;
    let of_its_own = |(at, card): (usize, &&Card)| {
        (card.score != ScoreMeaning::Points).then(|| (card.name, reached_at(at)))
    };
    let families: Vec<_> = cards.iter().enumerate().filter_map(of_its_own).collect();
    let reached = |ndcg: f64| json!({"ndcg@100": ndcg, "ndcg@100_low": ndcg - 0.01, "ndcg@100_high": ndcg + 0.01});
    let encoder = |name: &str| {
        let files = json!({"wasm": file(name), "vectors": file("vectors")});
        json!({"files": files, "dim": 4, "max_tokens": 8})
    };
    let rounds = json!({
        "table": "B", "n_users": 2000, "before": reached(0.39), "after": reached(0.3),
        "longer": reached(0.305), "discriminator": reached(0.2),
    });
    let faithfulness = json!({
        "n_users": 500, "within": 10, "leave_one_out": 0.25, "attention": 0.5, "most_recent": 0.6,
        "random": 0.75,
    });
    let measured = json!({"rounds": rounds, "faithfulness": faithfulness});
    let mut measured: BTreeMap<_, _> = families.iter().map(|it| (it.0, measured.clone())).collect();
    // Blends are made of the last plain baseline and the last model that reads in order.
    let last_of = |kind| cards.iter().rfind(|it| it.kind == kind).map(|it| it.name);
    let members = [Kind::Baseline, Kind::Autoregressive]
        .map(|kind| json!({"family": last_of(kind), "weight": 1.0}));
    for (at, card) in cards.iter().enumerate().filter(|it| it.1.score == ScoreMeaning::Points) {
        let mut entry = measured[families[0].0].clone();
        let results = json!({
            "table": "B", "n_users": 9, "n_questions": 90, "ndcg@10": reached_at(at), "hr@10": 0.1,
        });
        let made = json!({
            "files": {}, "max_history": 3, "members": members, "constant": 20.0, "results": results,
        });
        merge(&mut entry, &made);
        measured.insert(card.name, entry);
    }
    let more = json!({
        "families": measured,
        "small_encoder": encoder("small"),
        "encoder": encoder("large"),
        "map": {
            "files": {"text": file("text.map"), "model": file("model.map")},
            "kept_of_ten": {"text": 0.5, "model": 0.4},
        },
        "held_out": {"files": {"users": file("held_out.json")}, "n_users": 3},
        "dialogue": {"files": {"weights": file("weights")}},
    });
    manifest(n, &families, &more)
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more.clone(),
    }
}
