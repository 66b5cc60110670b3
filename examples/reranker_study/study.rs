//! What is asked of whom; see the program's own words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use glassrec::catalog::{Catalogue, ItemRow};
use glassrec::families::{self, Family, FamilyName};
use glassrec::history::History;
use glassrec::manifest::Manifest;
use glassrec::nearest::Vectors;
use glassrec::random::SplitMix64;
use glassrec::recommend::{Recommendation, rank};
use glassrec::reranker::{
    LEAST_OF_A_KIND, Mark, N_RERANKED, Reranker, Settings, Trained, Training, Verdict,
};

/// Ratings, of 5: what counts as a like, and as a dislike.
const LIKED: f32 = 4.0;
const DISLIKED: f32 = 2.5;
/// Numbers of marks that are asked about.
const N_MARKS: [usize; 5] = [20, 50, 100, 200, 400];
/// A reader is asked only with so many likes and so many dislikes beyond the marks.
const LEAST_UNSEEN_OF_A_KIND: usize = 10;
/// How many readers are asked at each number of marks.
const MOST_READERS: usize = 300;
const N_DRAWS: usize = 2_000;
/// Whose first films are put in another order: of the strong families the one that needs no graph.
const FAMILY: &str = "ease";
/// Who rated something in the last tenth of all ratings took part in no training.
const SHARE_BEFORE: f64 = 0.9;

struct Reader {
    likes: Vec<ItemRow>,
    dislikes: Vec<ItemRow>,
    newest: u64,
    /// Took part in no training of the family.
    is_new: bool,
}

struct Site {
    catalogue: Catalogue,
    vectors: Vectors,
    family: Box<dyn Family>,
}

/// What came of one reader's marks.
struct Outcome {
    reranker: f64,
    plain: f64,
    is_said_to_help: bool,
    n_epochs: usize,
    millis: f64,
    /// NDCG@10 of the unseen likes: as the family ranks, as the plain comparison re-ranks, as the
    /// re-ranker does.
    ndcg: [f64; 3],
}

pub(super) fn run() {
    let site = open();
    if std::env::args().nth(1).as_deref() == Some("choose") {
        let readers = readers(&site, "movielens-32m-slice/ratings_unordered.csv.gz");
        return choose(&site, &readers);
    }
    let readers = readers(&site, "movielens-latest/ratings.csv.gz");
    let settings = Settings::default();
    let rows: Vec<String> = N_MARKS
        .iter()
        .map(|&n| {
            let areas = row(n, &outcomes(&site, &readers, n, settings, |_| true));
            let orders = order_row(&outcomes(&site, &readers, n, settings, |it| it.is_new));
            format!("{{{areas}, {orders}}}")
        })
        .collect();
    println!("[{}]", rows.join(",\n"));
}

fn choose(site: &Site, readers: &[Reader]) {
    let readers = &readers[..readers.len().min(1500)];
    let base = Settings::default();
    for learning_rate in [3e-4, 1e-3, 3e-3] {
        for decay in [0.1, 1.0] {
            for n in [50, 200] {
                let settings = Settings { learning_rate, decay, ..base };
                let outcomes = outcomes(site, readers, n, settings, |_| true);
                println!("rate {learning_rate} decay {decay}: {}", row(n, &outcomes));
            }
        }
    }
}

fn outcomes(
    site: &Site,
    readers: &[Reader],
    n_marks: usize,
    settings: Settings,
    is_asked: fn(&Reader) -> bool,
) -> Vec<Outcome> {
    let asked =
        readers.iter().enumerate().filter(|(_, it)| is_asked(it)).filter_map(|(at, reader)| {
            let (marks, unseen) = parted(reader, n_marks, at as u64)?;
            Some(outcome(site, &marks, &unseen, settings))
        });
    asked.take(MOST_READERS).collect()
}

/// `n_marks` of the reader's films, likes and dislikes in the reader's own shares, and all others.
fn parted(reader: &Reader, n_marks: usize, seed: u64) -> Option<(Vec<Mark>, Vec<Mark>)> {
    let n_all = reader.likes.len() + reader.dislikes.len();
    let n_liked = (n_marks * reader.likes.len()).checked_div(n_all)?;
    let n_liked = n_liked.clamp(LEAST_OF_A_KIND, n_marks - LEAST_OF_A_KIND);
    let (mut marks, mut unseen) = (Vec::new(), Vec::new());
    let mut random = SplitMix64::new(seed);
    for (films, n, is_liked) in
        [(&reader.likes, n_liked, true), (&reader.dislikes, n_marks - n_liked, false)]
    {
        if films.len() < n + LEAST_UNSEEN_OF_A_KIND {
            return None;
        }
        let mut films = films.clone();
        random.shuffle(&mut films);
        let mark = |&item: &ItemRow| Mark { item, is_liked };
        marks.extend(films[..n].iter().map(mark));
        unseen.extend(films[n..].iter().map(mark));
    }
    Some((marks, unseen))
}

fn outcome(site: &Site, marks: &[Mark], unseen: &[Mark], settings: Settings) -> Outcome {
    let began = Instant::now();
    let trained = train(site, marks, settings);
    let millis = began.elapsed().as_secs_f64() * 1e3;
    let plain = train(site, marks, Settings { most_epochs: 0, ..settings });
    let rerankers = [&plain, &trained].map(|it| it.reranker(&site.vectors).unwrap());
    let [plain, reranker] = [0, 1].map(|at| area(&rerankers[at], site, unseen));
    Outcome {
        reranker,
        plain,
        ndcg: in_three_orders(site, marks, unseen, &rerankers),
        is_said_to_help: trained.check.verdict() == Verdict::Helps,
        n_epochs: trained.n_epochs,
        millis,
    }
}

fn train(site: &Site, marks: &[Mark], settings: Settings) -> Trained {
    let mut training = Training::new(&site.vectors, marks, settings).unwrap();
    std::iter::repeat_with(|| training.step()).flatten().next().unwrap()
}

/// The share of pairs of a liked and a disliked film that are in order.
fn area(reranker: &Reranker, site: &Site, films: &[Mark]) -> f64 {
    let logits = |is_liked| {
        let of_kind = films.iter().filter(move |it| it.is_liked == is_liked);
        let logits = of_kind.map(|it| reranker.logit(&site.vectors, it.item).unwrap());
        logits.collect::<Vec<f32>>()
    };
    let (likes, dislikes) = (logits(true), logits(false));
    let won = |liked: &f32| -> f64 {
        let wins = dislikes.iter().map(|it| match liked.total_cmp(it) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        });
        wins.sum()
    };
    likes.iter().map(won).sum::<f64>() / (likes.len() * dislikes.len()) as f64
}

/// The family's first films that are not marked, in its own order and in those of `rerankers`.
fn in_three_orders(
    site: &Site,
    marks: &[Mark],
    unseen: &[Mark],
    rerankers: &[Reranker; 2],
) -> [f64; 3] {
    let history: History = marks.iter().filter(|it| it.is_liked).map(|it| it.item).collect();
    let marked: History = marks.iter().map(|it| it.item).collect();
    let scored = site.family.scores(&[history], vec![]).unwrap();
    let list: Vec<Recommendation> =
        rank(&scored.scores[0], site.catalogue.n_items(), &marked, N_RERANKED).unwrap();
    let [plain, reranker] = [0, 1]
        .map(|at| rerankers[at].rerank(&site.vectors, &list).iter().map(|it| it.item).collect());
    let family: Vec<ItemRow> = list.iter().map(|it| it.item).collect();
    [family, plain, reranker].map(|films: Vec<ItemRow>| ndcg_at_10(&films, unseen))
}

fn ndcg_at_10(films: &[ItemRow], unseen: &[Mark]) -> f64 {
    let gain = |rank: usize| 1.0 / ((rank + 2) as f64).log2();
    let is_liked = |item: &ItemRow| unseen.iter().any(|it| it.item == *item && it.is_liked);
    let got: f64 = films
        .iter()
        .take(10)
        .enumerate()
        .filter(|(_, it)| is_liked(it))
        .map(|(at, _)| gain(at))
        .sum();
    let n_liked = unseen.iter().filter(|it| it.is_liked).count();
    got / (0..n_liked.min(10)).map(gain).sum::<f64>()
}

/// Fields of a row of results as JSON, by hand since `serde_json` would write every digit: means over readers, differences with their paired 95 % interval.
fn row(n_marks: usize, outcomes: &[Outcome]) -> String {
    let n = outcomes.len() as f64;
    let mean = |of: &dyn Fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>() / n.max(1.0);
    let difference = |it: &Outcome| it.reranker - it.plain;
    let all: Vec<f64> = outcomes.iter().map(difference).collect();
    let (low, high) = interval(&all);
    let helped: Vec<&Outcome> = outcomes.iter().filter(|it| it.is_said_to_help).collect();
    let n_right = helped.iter().filter(|it| it.reranker > it.plain).count();
    format!(
        "\"n_marks\": {n_marks}, \"n_readers\": {}, \"auc_head\": {:.4}, \"auc_plain\": {:.4}, \"difference\": {:.4}, \
         \"low\": {low:.4}, \"high\": {high:.4}, \"n_said_to_help\": {}, \"n_that_did\": {n_right}, \"epochs\": {:.1}, \"millis\": {:.0}",
        outcomes.len(),
        mean(&|it| it.reranker),
        mean(&|it| it.plain),
        mean(&difference),
        helped.len(),
        mean(&|it| it.n_epochs as f64),
        mean(&|it| it.millis),
    )
}

/// The same of the three orders.
fn order_row(outcomes: &[Outcome]) -> String {
    let n = outcomes.len().max(1) as f64;
    let of_order = |at: usize| outcomes.iter().map(|it| it.ndcg[at]).sum::<f64>() / n;
    let [family, plain, reranker] = [0, 1, 2].map(of_order);
    let moved: Vec<f64> = outcomes.iter().map(|it| it.ndcg[2] - it.ndcg[0]).collect();
    let (low, high) = interval(&moved);
    format!(
        "\"n_new_readers\": {}, \"ndcg@10_family\": {family:.4}, \"ndcg@10_plain\": {plain:.4}, \"ndcg@10_head\": {reranker:.4}, \
         \"ndcg@10_difference\": {:.4}, \"ndcg@10_low\": {low:.4}, \"ndcg@10_high\": {high:.4}",
        outcomes.len(),
        reranker - family,
    )
}

/// Bootstrap over readers.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut random = SplitMix64::new(1);
    let mut means: Vec<f64> = (0..N_DRAWS)
        .map(|_| {
            let drawn = (0..values.len()).map(|_| values[random.below(values.len())]);
            drawn.sum::<f64>() / values.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    if values.is_empty() {
        return (0.0, 0.0);
    }
    (means[N_DRAWS / 40], means[N_DRAWS - 1 - N_DRAWS / 40])
}

fn open() -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/artifacts");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("an artefact is missing");
    let manifest = Manifest::from_json(&read("manifest.json")).unwrap();
    let catalogue = Catalogue::from_json(&read(&manifest.catalogue.file.path)).unwrap();
    let (_, encoder) = manifest.encoders().next().expect("the site ships no encoder");
    let file = read(&encoder.file("vectors").unwrap().path);
    let vectors = Vectors::from_bytes(&file, catalogue.n_items(), encoder.dim).unwrap();
    let name = FamilyName(FAMILY.to_owned());
    let parts = families::parts_of(&name, &manifest).unwrap();
    let files = parts.into_iter().map(|it| (it.file.path.clone(), read(&it.file.path))).collect();
    let family = families::open(&name, &manifest, &files).unwrap();
    Site { catalogue, vectors, family }
}

/// Everyone in the file, by user id, with the films of the catalogue they liked and disliked.
fn readers(site: &Site, file: &str) -> Vec<Reader> {
    let data =
        std::env::var_os("GLASSREC_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from);
    let path = data.join(file);
    let unpacked =
        Command::new("gzip").arg("-dc").arg(&path).output().expect("gzip has to be installed");
    assert!(unpacked.status.success(), "{} cannot be read", path.display());
    let text = String::from_utf8(unpacked.stdout).unwrap();
    let mut readers: BTreeMap<u32, Reader> = BTreeMap::new();
    let mut times = Vec::new();
    for line in text.lines().skip(1) {
        let mut fields = line.split(',');
        let mut field = || fields.next().expect("userId,movieId,rating");
        let (user, movie, rating): (u32, u32, f32) =
            (field().parse().unwrap(), field().parse().unwrap(), field().parse().unwrap());
        // The slice has no times: its readers are never new.
        let time: u64 = fields.next().and_then(|it| it.parse().ok()).unwrap_or(0);
        times.push(time);
        let Some(item) = site.catalogue.row_of(movie) else { continue };
        let nobody =
            || Reader { likes: Vec::new(), dislikes: Vec::new(), newest: 0, is_new: false };
        let reader = readers.entry(user).or_insert_with(nobody);
        reader.newest = reader.newest.max(time);
        if rating >= LIKED {
            reader.likes.push(item);
        } else if rating <= DISLIKED {
            reader.dislikes.push(item);
        }
    }
    times.sort_unstable();
    let moment = times[(SHARE_BEFORE * (times.len() - 1) as f64) as usize];
    let mut readers: Vec<Reader> = readers.into_values().collect();
    readers.iter_mut().for_each(|it| it.is_new = it.newest > moment);
    readers
}
