//! A made-up manifest, and what is refused.

use serde_json::{Value, json};

use super::*;

/// A made-up manifest for three films, with one family of each sort.
pub(crate) fn made_up() -> Value {
    let file = |path: &str| json!({"path": path, "bytes": 3, "sha256": sha256_of(b"abc")});
    json!({
        "version": 1,
        "catalogue": {"file": file("catalogue.json"), "details": file("details.json"), "n_items": 3},
        "families": {
            "popularity": {"files": {"scores": file("popularity.scores")}, "max_history": 9},
            "ease": {
                "files": {"table": file("ease.table")}, "age_weights": [1.0, 0.5],
                "rest_weight": 0.25, "popularity_weight": 0.0, "max_history": 3,
                "results": {
                    "table": "B", "ndcg@10": 0.09, "ndcg@10_low": 0.08, "ndcg@10_high": 0.1,
                    "hr@10": 0.17, "n_users": 3000, "n_questions": 3000
                }
            },
            "sasrec": {
                "files": {"graph": file("sasrec.onnx")}, "max_history": 2, "opset": 18,
                "inputs": {"history": {"type": "int32", "shape": ["batch", "length"]}},
                "outputs": {
                    "scores": {"type": "float32", "shape": ["batch", 3]},
                    "attention": {"type": "float32", "shape": ["batch", "layers", "length"]}
                }
            }
        },
        "encoder": {"files": {"wasm": file("encoder.onnx")}, "dim": 4, "max_tokens": 8},
        "small_encoder": {"files": {"wasm": file("small.onnx")}, "dim": 4, "max_tokens": 8},
        "map": {"files": {"text": file("text.layout")}, "kept_of_ten": {"text": 0.32}},
        "dialogue": {"files": {"weights": file("dialogue.json")}},
        "golden": {"ease": file("golden/ease.json")}
    })
}

pub(crate) fn read(json: &Value) -> Result<Manifest, ManifestError> {
    Manifest::from_json(json.to_string().as_bytes())
}

#[track_caller]
fn check_refused(pointer: &str, value: Value, want: &str) {
    let mut json = made_up();
    *json.pointer_mut(pointer).unwrap() = value;
    let got = read(&json).unwrap_err().to_string();
    assert!(got.contains(want), "{got:?} does not speak of {want:?}");
}

#[test]
fn a_manifest_tells_files_shapes_and_results() {
    let manifest = read(&made_up()).unwrap();
    assert_eq!(manifest.files().count(), 10);
    assert_eq!(manifest.file_of("ease", "table").unwrap().path, "ease.table");
    assert_eq!(manifest.family("ease").unwrap().results.as_ref().unwrap().ndcg_at_10, 0.09);
    let scores = &manifest.family("sasrec").unwrap().outputs["scores"];
    assert_eq!(scores.shape, [Axis::Named("batch".to_owned()), Axis::Fixed(3)]);
    let missing = manifest.file_of("ease", "graph").unwrap_err().to_string();
    assert!(missing.ends_with("graph of ease"), "{missing}");
    assert!(manifest.file_of("gru4rec", "graph").is_err());
    let names: Vec<EncoderName> = manifest.encoders().map(|(name, _)| name).collect();
    assert_eq!(names, [EncoderName::SmallEncoder, EncoderName::Encoder]);
    assert!(manifest.encoder(EncoderName::Encoder).unwrap().file("webgpu").is_err());
}

#[test]
fn what_cannot_be_true_is_refused() {
    check_refused("/version", 2.into(), "another version");
    check_refused("/catalogue/n_items", 0.into(), "catalogue.n_items");
    check_refused("/families/ease/max_history", 0.into(), "ease.max_history");
    check_refused("/families/ease/files", json!({}), "ease.files");
    check_refused("/families/ease/rest_weight", json!(1e39), "ease weights");
    check_refused("/families/ease/rest_weight", json!("one"), "cannot be read");
    check_refused("/map/kept_of_ten/text", json!(1.5), "map.kept_of_ten");
    check_refused("/map/kept_of_ten", json!({}), "map.kept_of_ten");
    check_refused("/encoder/dim", 0.into(), "encoder.dim");
    check_refused("/small_encoder/max_tokens", 0.into(), "small_encoder.dim");
    check_refused("/catalogue/file/sha256", "AB".into(), "catalogue.json");
    check_refused("/catalogue/file/bytes", 0.into(), "catalogue.json");
}

/// A made-up manifest with a blend of two.
fn with_blend() -> Value {
    let mut json = made_up();
    json["families"]["blend"] = json!({
        "files": {}, "max_history": 9, "constant": 20.0,
        "members": [{"family": "ease", "weight": 1.0}, {"family": "sasrec", "weight": 0.5}]
    });
    json
}

#[test]
fn a_family_made_of_others_names_plain_ones_each_once_with_a_weight() {
    let manifest = read(&with_blend()).unwrap();
    let paths = |name: &str| -> Vec<String> {
        manifest.family_files(name).into_iter().map(|it| it.path.clone()).collect()
    };
    assert_eq!(paths("blend"), ["ease.table", "sasrec.onnx"]);
    assert_eq!(paths("ease"), ["ease.table"]);
    assert_eq!(paths("gru4rec"), [] as [String; 0]);
    for (pointer, value) in [
        ("/members/0/weight", json!(0.0)),
        ("/members/0/weight", json!(-1.0)),
        ("/members/0/family", json!("sasrec")),
        ("/members/0/family", json!("blend")),
        ("/constant", json!(-0.5)),
    ] {
        let mut json = with_blend();
        *json.pointer_mut(&format!("/families/blend{pointer}")).unwrap() = value.clone();
        let told = read(&json).unwrap_err().to_string();
        assert!(told.ends_with("blend.members or constant"), "{pointer} {value}: {told}");
    }
    let mut json = with_blend();
    json["families"]["blend"]["members"] = json!([]);
    assert!(read(&json).unwrap_err().to_string().ends_with("blend.files"));
}

#[test]
fn a_path_stays_in_its_folder() {
    for path in ["../secret", "/etc/passwd", "a//b", "", ".hidden", "a b", "https://x.y/z"] {
        check_refused("/families/ease/files/table/path", path.into(), path);
    }
}

#[test]
fn a_file_is_known_by_its_size_and_checksum() {
    let file = read(&made_up()).unwrap().catalogue.file;
    assert!(verify(b"abc", &file).is_ok());
    assert!(matches!(
        verify(b"ab", &file),
        Err(ManifestError::WrongSize { expected: 3, got: 2, .. })
    ));
    assert!(matches!(verify(b"abd", &file), Err(ManifestError::WrongChecksum { .. })));
    // The digest of "abc" from FIPS 180.
    assert!(file.sha256.starts_with("ba7816bf8f01cfea"));
}

#[test]
fn a_manifest_that_is_cut_is_refused() {
    let whole = made_up().to_string();
    for length in 0..whole.len() {
        assert!(Manifest::from_json(&whole.as_bytes()[..length]).is_err());
    }
}

/// What can happen to the list between its maker and a reader, each with the cause that is told.
#[test]
fn an_edited_manifest_is_refused_with_a_next_step() {
    let whole = made_up().to_string();
    let edited = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from} is not in the list that is edited");
        whole.replacen(from, to, 1)
    };
    let without = |entry: &str| {
        let mut json = made_up();
        json.as_object_mut().unwrap().remove(entry).unwrap();
        json.to_string()
    };
    let html = "<!doctype html><title>Not found</title>".to_owned();
    let cases = [
        ("empty", String::new(), "cannot be read"),
        ("not JSON", "glassrec".to_owned(), "cannot be read"),
        ("HTML", html, "cannot be read"),
        ("truncated", whole[..whole.len() / 2].to_owned(), "cannot be read"),
        ("JSON of another kind", "[]".to_owned(), "cannot be read"),
        ("followed by more", format!("{whole}{whole}"), "cannot be read"),
        ("an entry twice", edited("{", "{\"version\":1,"), "duplicate field `version`"),
        ("no version", without("version"), "missing field `version`"),
        ("no catalogue", without("catalogue"), "missing field `catalogue`"),
        ("no families", without("families"), "missing field `families`"),
        ("another version", edited("\"version\":1", "\"version\":2"), "another version"),
        ("a path outside", edited("sasrec.onnx", "../../sasrec.onnx"), "../../sasrec.onnx"),
        ("a size below nothing", edited("\"bytes\":3", "\"bytes\":-3"), "cannot be read"),
        ("no checksum", edited(&sha256_of(b"abc"), "unknown"), "cannot be true"),
    ];
    for (edit, json, cause) in cases {
        let told = Manifest::from_json(json.as_bytes()).unwrap_err().to_string();
        assert!(told.contains(cause), "{edit}: {told:?} does not speak of {cause:?}");
        let has_next_step =
            told.contains("; reload the page: ") || told.contains("; tell the site's owner: ");
        assert!(has_next_step, "{edit}: {told:?} says nothing that can be done");
    }
}

#[test]
fn what_a_later_version_adds_is_passed_over() {
    let mut json = made_up();
    let ease = json["families"]["ease"].clone();
    json["families"]["crystal_ball"] = ease;
    json["crystal_balls"] = json!([1]);
    assert_eq!(read(&json).unwrap().file_of("ease", "table").unwrap().path, "ease.table");
}
