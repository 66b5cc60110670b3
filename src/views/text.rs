//! Every word the page says, in one place, so that it can be translated.

use crate::catalog::{Catalogue, ItemRow, MatchedField};
use crate::engine::protocol::{
    Backend, Cost, EmbeddingProgress, EngineError, StorageFault, VectorSource,
};
use crate::families::{self, Card, Kind, ScoreMeaning};
use crate::manifest::Results;
use crate::session::{Act, Movement, Notice, OpeningError, Refusal, Tried};

pub(super) const TAGLINE: &str =
    "Generative recommenders you can see through. Everything runs on this device.";
pub(super) const SKIP: &str = "Skip to the recommendations";
pub(super) const LOADING: &str = "Loading the catalogue…";

pub(super) const HISTORY: &str = "Your history · oldest first";
pub(super) const HISTORY_EMPTY: &str =
    "No film yet. Pick one below, or start from an example: the list follows at once.";
pub(super) const HISTORY_KEYS: &str =
    "← → walk through the picks, Shift with ← → moves one, Delete takes it out";
pub(super) const CLEAR: &str = "Clear";
pub(super) const EARLIER: &str = "Move earlier";
pub(super) const LATER: &str = "Move later";

pub(super) const EXAMPLES: &str = "Examples";
pub(super) const WELCOME: &str = "Start with a few films";
pub(super) const WELCOME_LEAD: &str = "Each example is somebody's taste in five films. Pick one and \
     change it, or type a title above.";
pub(super) const HOW: &str = "What happens then";
pub(super) const HOW_STEPS: [&str; 3] = [
    "A model reads your picks and ranks every film in the catalogue. It runs in this page: nothing \
     you enter leaves your device.",
    "Each recommendation says why. The model is run again without each of your picks, and the \
     difference is the reason.",
    "Every reason can be tested: leave the named picks out with one click and watch the list move.",
];

pub(super) const SEARCH_LABEL: &str = "Add a film";
pub(super) const SEARCH_HINT: &str =
    "Title, director, cast, or your own words: “slow space horror”";
pub(super) const FILMS: &str = "Films";
pub(super) const IN_YOUR_WORDS: &str = "In your own words";
pub(super) const NO_TITLE: &str = "No title, director or actor is called that.";
pub(super) const IN_HISTORY: &str = "in your history";
pub(super) const CLOSE: &str = "Close";
pub(super) const FOUND_WAITING: &str = "Comparing your words with every film…";
pub(super) const FOUND_NOTHING: &str = "Nothing in the catalogue comes near. Try other words.";
pub(super) const SIMILARITY: &str = "Similarity";
pub(super) const MATCH_HINT: &str = "Choose a film to see which of your words and which of its \
     facts brought it here.";
pub(super) const WORDS: &str = "Your words";
pub(super) const WORDS_NOTE: &str = "Similarity lost when the word is left out.";
pub(super) const FACTS: &str = "Facts of the film";
pub(super) const FACTS_NOTE: &str = "Similarity of each fact alone with your words.";
pub(super) const EMBEDDING: &str = "Vectors of your own";
pub(super) const EMBEDDING_OFFER: &str = "The first answers come from vectors that ship with the \
     site. This device can compute its own, in idle time, and check them.";
pub(super) const EMBED_START: &str = "Compute them here";
pub(super) const EMBED_GO_ON: &str = "Go on";
pub(super) const EMBED_CANCEL: &str = "Cancel";

pub(super) const FAMILIES: &str = "Who recommends";
pub(super) const RESULTS: &str = "Results: tables, intervals, baselines";
pub(super) const UNAVAILABLE: &str = "not available";

pub(super) const LIST_WAITING: &str = "Waiting for the first list…";
pub(super) const LIST_FULL: &str = "Every film of the catalogue is in your history.";
pub(super) const MOVES: &str = "▲ ▼ new: against the list before.";
pub(super) const ADD: &str = "Add";
pub(super) const SHOW_MORE: &str = "Show ranks 11 to 50";
pub(super) const SHOW_FEWER: &str = "Show the first 10";

pub(super) const WHY_EMPTY: &str = "Why?";
pub(super) const WHY_WAITING: &str = "Running the model without each pick…";
pub(super) const PICK: &str = "Left out";
pub(super) const PICK_SUMMAND: &str = "Pick";
pub(super) const RANK_WITHOUT: &str = "Rank then";
pub(super) const SCORE_CHANGE: &str = "Score lost";
pub(super) const EXACT_PART: &str = "Its part";
pub(super) const TRY_IT: &str = "Try it";
pub(super) const UNDO: &str = "Undo";
pub(super) const SHOW_ALL_PICKS: &str = "Show every pick";
pub(super) const SHOW_MAIN_PICKS: &str = "Show the main picks";
pub(super) const NO_COUNTERFACTUAL: &str = "No small set of your picks pushes it out of the first \
     ten: the rest of your history carries it too.";
pub(super) const NOT_IN_FIRST: &str =
    "It does not stand in the first ten, so there is nothing to push it out of.";
pub(super) const ATTENTION_TABLE: &str = "Attention on each pick";
pub(super) const WEIGHT: &str = "Weight";

pub(super) const ENGINE: &str = "What runs here";
pub(super) const FILES: &str = "Fetched since you opened the page";
pub(super) const FILE: &str = "File";
pub(super) const SIZE: &str = "Size";
pub(super) const SOURCE: &str = "From";
pub(super) const NO_FILES: &str = "Nothing yet.";
pub(super) const RUNS_ON: &str = "Runs on";
pub(super) const THREADS: &str = "Threads";
pub(super) const STARTED_IN: &str = "Started in";
pub(super) const REQUESTS: &str = "Requests since load";
pub(super) const MODELS: &str = "Engine";
pub(super) const PRIVACY: &str = "Nothing you enter leaves this page.";
pub(super) const COPY_LINK: &str = "Copy link to this state";
pub(super) const COPIED: &str = "Copied";
pub(super) const NOT_COPIED: &str = "The link is in the address bar";
pub(super) const WEBGPU: &str = "Graphics device";
pub(super) const WEBGPU_OFFER: &str = "WebGPU can be faster on large models. It is used only if it \
     gives the same answers as stored ones, on each model.";
pub(super) const WEBGPU_TRY: &str = "Test WebGPU and use it";
pub(super) const WEBGPU_TESTING: &str = "Testing both models on the graphics device…";
pub(super) const WEBGPU_IN_USE: &str = "WebGPU gave the stored answers and is in use.";
pub(super) const WEBGPU_LEAVE: &str = "Back to WebAssembly";
pub(super) const WEBGPU_ABSENT: &str = "This browser offers no WebGPU; WebAssembly serves.";

pub(super) const RESTART: &str = "Restart the engine";
pub(super) const TRY_AGAIN: &str = "Try again";
pub(super) const DISMISS: &str = "Dismiss";
pub(super) const BACK_TO_OWN: &str = "Back to mine";
pub(super) const KEEP_LINKED: &str = "Keep this one";
pub(super) const CANNOT_OPEN: &str = "Glassrec cannot open";

/// "Alien (1979)".
pub(super) fn film(catalogue: &Catalogue, item: ItemRow) -> String {
    let title = catalogue.title(item);
    catalogue.year(item).map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

/// "1979 · Ridley Scott · Horror, Sci-Fi".
pub(super) fn facts(catalogue: &Catalogue, item: ItemRow) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(catalogue.year(item).map(|year| year.to_string()));
    parts.push(catalogue.directors(item).join(", "));
    parts.push(catalogue.genres(item).join(", "));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "Alien", "Alien and Heat", "Alien, Heat and Fargo".
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(super) fn titles(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<String> {
    items.iter().map(|&item| catalogue.title(item).to_owned()).collect()
}

/// "1st", "22nd", "113th".
pub(super) fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "1 film", "2 films".
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// "12,345".
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "617 kB", "2.7 MB".
pub(super) fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{:.1} MB", n as f64 / 1e6),
    }
}

/// "7 ms", "0.4 ms", "1.2 s".
pub(super) fn millis(n: f64) -> String {
    match n {
        n if n < 1.0 => format!("{n:.1} ms"),
        n if n < 1_000.0 => format!("{n:.0} ms"),
        n => format!("{:.1} s", n / 1_000.0),
    }
}

/// "+0.62", "−0.18": a true minus, and a sign in any case.
pub(super) fn signed(value: f32) -> String {
    if value < 0.0 { format!("−{:.2}", -value) } else { format!("+{value:.2}") }
}

pub(super) fn score(value: f32) -> String {
    if value < 0.0 { format!("−{:.2}", -value) } else { format!("{value:.2}") }
}

pub(super) fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

pub(super) fn backend(backend: Backend) -> &'static str {
    match backend {
        Backend::Wasm => "WASM",
        Backend::WebGpu => "WebGPU",
    }
}

pub(super) fn requests(n: usize) -> String {
    format!("{} since load", counted(n, "request", "requests"))
}

pub(super) fn engine_chip(is_ready: bool, name: Option<Backend>, cost: Option<Cost>) -> String {
    match (name, cost) {
        (None, _) => "engine stopped".into(),
        (Some(_), Some(cost)) => format!("{} · {}", backend(cost.backend), millis(cost.millis)),
        (Some(name), None) if is_ready => format!("{} · ready", backend(name)),
        (Some(name), None) => format!("{} · starting", backend(name)),
    }
}

pub(super) fn remove(film: &str) -> String {
    format!("Take out {film}")
}

pub(super) fn add(film: &str) -> String {
    format!("Add {film} to your history")
}

/// What undoing takes back.
pub(super) fn act(catalogue: &Catalogue, act: &Act) -> String {
    match act {
        Act::Picked(item) => format!("added {}", catalogue.title(*item)),
        Act::Removed(item) => format!("took out {}", catalogue.title(*item)),
        Act::Moved(item) => format!("moved {}", catalogue.title(*item)),
        Act::Cleared => "cleared".into(),
        Act::TookExample => "took an example".into(),
        Act::LeftOut(items) => format!("left out {}", listed(&titles(catalogue, items))),
    }
}

pub(super) fn unread(card: &Card, n_read: usize, n_picks: usize) -> String {
    format!("{} reads the newest {n_read} of your {n_picks} picks.", card.title)
}

pub(super) fn matched(field: MatchedField, text: &str) -> String {
    match field {
        MatchedField::Title => String::new(),
        MatchedField::Director => format!("directed by {text}"),
        MatchedField::Cast => format!("with {text}"),
    }
}

pub(super) fn search_by_meaning(query: &str) -> String {
    format!("Search by meaning: “{query}”")
}

pub(super) fn encoder_cost(n_bytes: u64) -> String {
    if n_bytes == 0 { "runs here".into() } else { format!("fetches {} once", bytes(n_bytes)) }
}

pub(super) fn n_matches(n: usize) -> String {
    format!("{}, and a search by meaning", counted(n, "film", "films"))
}

pub(super) fn found_title(query: &str) -> String {
    format!("Near to “{query}”")
}

pub(super) fn found_by(vectors: VectorSource, cost: Cost, n_items: usize) -> String {
    let vectors = match vectors {
        VectorSource::Shipped => "the vectors that came with the site",
        VectorSource::Device => "the vectors computed on this device",
    };
    format!(
        "MiniLM read your words on {} in {} and compared them with {} films, by {vectors}.",
        backend(cost.backend),
        millis(cost.millis),
        grouped(n_items),
    )
}

pub(super) fn fetching(path: &str, fetched: u64, total: u64) -> String {
    format!("Fetching {path}: {} of {}", bytes(fetched), bytes(total))
}

pub(super) fn embedding(progress: &EmbeddingProgress) -> String {
    let mut said =
        format!("{} of {} films", grouped(progress.n_embedded), grouped(progress.n_items));
    if progress.n_from_storage > 0 {
        said += &format!(", {} of them kept from before", grouped(progress.n_from_storage));
    }
    if progress.texts_per_second > 0.0 {
        said += &format!(" · {:.0} a second", progress.texts_per_second);
    }
    said + "."
}

pub(super) fn agreement(cosine: f32) -> String {
    format!("They agree with the shipped ones: mean cosine {cosine:.4}, 1 is the same.")
}

pub(super) fn embedding_not_kept(fault: StorageFault) -> &'static str {
    match fault {
        StorageFault::Full => {
            "The storage of this browser is full: the vectors last until you close the page."
        }
        StorageFault::Forbidden => {
            "This browser keeps nothing for this page: the vectors last until you close it."
        }
    }
}

/// "NDCG@10 .098 · 3.0 MB".
pub(super) fn family_figures(results: Option<&Results>, n_bytes: u64) -> String {
    match results {
        Some(results) => format!("NDCG@10 {:.3} · {}", results.ndcg_at_10, bytes(n_bytes)),
        None => bytes(n_bytes),
    }
}

pub(super) fn list_title(card: &Card) -> String {
    format!("Next, says {}", card.title)
}

/// How good the family is, beside the best plain baseline.
pub(super) fn quality(
    card: &Card,
    results: &Results,
    baseline: Option<(&Card, &Results)>,
) -> String {
    let mut said = format!("NDCG@10 {:.3}", results.ndcg_at_10);
    if let (Some(low), Some(high)) = (results.ndcg_at_10_low, results.ndcg_at_10_high) {
        said += &format!(" ({low:.3}–{high:.3})");
    }
    said += &format!(" on {} held-out users", grouped(results.n_users));
    let Some((best, reached)) = baseline else { return said + "." };
    let other = if card.kind == Kind::Baseline { "other" } else { "plain" };
    format!("{said}; the best {other} baseline ({}) reaches {:.3}.", best.title, reached.ndcg_at_10)
}

pub(super) fn list_cost(card: &Card, cost: Cost, n_picks: usize) -> String {
    format!(
        "{} on {}, {}, {}.",
        card.title,
        backend(cost.backend),
        counted(n_picks, "pick", "picks"),
        millis(cost.millis),
    )
}

pub(super) fn score_note(meaning: ScoreMeaning) -> &'static str {
    match meaning {
        ScoreMeaning::Logit => "Score: the model's logit; bar: against the first.",
        ScoreMeaning::Sum => "Score: a sum of weights; bar: against the first.",
    }
}

pub(super) fn movement(movement: Movement) -> String {
    match movement {
        Movement::First | Movement::Stayed => String::new(),
        Movement::Up(n) => format!("▲{n}"),
        Movement::Down(n) => format!("▼{n}"),
        Movement::New => "new".into(),
    }
}

pub(super) fn movement_aloud(movement: Movement) -> String {
    match movement {
        Movement::First | Movement::Stayed => String::new(),
        Movement::Up(n) => format!(", up {n}"),
        Movement::Down(n) => format!(", down {n}"),
        Movement::New => ", new".into(),
    }
}

pub(super) fn list_changed(first: &[String]) -> String {
    format!("List changed: {}.", first.join("; "))
}

pub(super) fn why_title(film: &str) -> String {
    format!("Why {film}?")
}

pub(super) fn why_lead(rank: usize, cost: Cost) -> String {
    format!(
        "It stands {}. How that changes when one pick is left out, run just now: {}, {}.",
        ordinal(rank),
        counted(cost.n_runs, "run", "runs"),
        millis(cost.millis),
    )
}

pub(super) const EXACT_LEAD: &str =
    "This family is a sum, so the parts are exact: together they are the score.";

pub(super) fn drop(rank_before: usize, rank_after: usize) -> String {
    format!(" it would drop from {} to {}.", ordinal(rank_before), ordinal(rank_after))
}

pub(super) fn compared(n: usize, recent: usize, random: usize) -> String {
    let (newest, chance) = if n == 1 {
        ("the most recent pick".to_owned(), "one at random".to_owned())
    } else {
        (format!("the {n} most recent picks"), format!("{n} at random"))
    };
    format!("Leaving out {newest} instead: {}; {chance}: {}.", ordinal(recent), ordinal(random))
}

pub(super) fn tried(catalogue: &Catalogue, tried: &Tried, rank_now: usize) -> String {
    let film = catalogue.title(tried.item);
    let left_out = listed(&titles(catalogue, &tried.removed));
    let verdict = if rank_now == tried.rank_foretold {
        "as foretold".to_owned()
    } else {
        format!("foretold was {}", ordinal(tried.rank_foretold))
    };
    format!(
        "You left out {left_out}: {film} went from {} to {}, {verdict}.",
        ordinal(tried.rank_before),
        ordinal(rank_now),
    )
}

pub(super) fn attention(film: &str, weight: f32, agreement: f32) -> String {
    format!(
        "Attention looked mostly at {film} ({}). That is where the model looked, not why: its \
         agreement with leaving out is τ = {}.",
        percent(weight),
        score(agreement),
    )
}

pub(super) fn colophon(n_films: usize, n_bytes: u64) -> String {
    format!("Catalogue of {} films · {} fetched", grouped(n_films), bytes(n_bytes))
}

pub(super) fn file_source(is_from_cache: Option<bool>) -> &'static str {
    match is_from_cache {
        Some(true) => "cache",
        Some(false) => "net",
        None => "on its way",
    }
}

pub(super) fn parity(model: &str, shared: usize, largest: f32, has_passed: bool) -> String {
    let verdict = if has_passed { "passed" } else { "differs" };
    format!("{model}: {verdict}, {shared} of 10 shared, largest difference {largest:.5}")
}

/// An error as a sentence.
pub(super) fn error(error: &EngineError) -> String {
    sentence(&error.to_string())
}

pub(super) fn opening_error(error: &OpeningError) -> String {
    sentence(&error.to_string())
}

pub(super) fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Address(warning) => sentence(&warning.to_string()),
        Notice::LinkedHistory { n_films, n_own } => format!(
            "This link brought a history of {}. Your own, of {}, is kept on this device.",
            counted(*n_films, "film", "films"),
            counted(*n_own, "film", "films"),
        ),
        Notice::EngineStopped(cause) => error(cause),
        Notice::Unavailable(family, cause) => {
            let title = families::find(family).map_or(family.0.as_str(), |it| it.card.title);
            format!("{title} is not available. {}", error(cause))
        }
        Notice::DeviceLost => error(&EngineError::DeviceLost),
        Notice::WebGpuRefused(Refusal::Failed(cause)) => {
            format!("WebGPU is not used, WebAssembly goes on. {}", error(cause))
        }
        Notice::WebGpuRefused(Refusal::Differs(_)) => "WebGPU gave other answers than the stored \
             ones and is not used. WebAssembly goes on."
            .into(),
        Notice::NotKept(StorageFault::Full) => "The storage of this browser is full: your history \
             lasts until you close the page. The link in the address bar holds it too."
            .into(),
        Notice::NotKept(StorageFault::Forbidden) => "This browser keeps nothing for this page: \
             your history lasts until you close it. The link in the address bar holds it too."
            .into(),
        Notice::Trouble(cause) => error(cause),
    }
}

/// With a capital, and a stop.
fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}
