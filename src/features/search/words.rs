//! What the search says.

pub(crate) mod figure;

use crate::catalog::MatchedField;
use crate::engine::protocol::{Cost, EmbeddingProgress, EncoderName, StorageFault, VectorSource};
use crate::ui::words::{backend, bytes, grouped, millis};

pub(crate) const STOP_REPLACING: &str = "Keep it";
pub(crate) const SEARCH_LABEL: &str = "Add a film";
pub(crate) const SEARCH_HINT: &str =
    "Title, director, cast, or your own words: “slow space horror”";
pub(crate) const NO_TITLE: &str = "No title, director or actor is called that.";
pub(crate) const UNCLEAR: &str = "No film is called just that. Choose one, or search by meaning.";
pub(crate) const UNREADABLE: &str =
    "These are no words that a title or a search in English could have.";
pub(crate) const IN_HISTORY: &str = "in your history";
pub(crate) const FOUND_NOTHING: &str = "No film fits. Try other words.";
pub(crate) const SIMILARITY: &str = "Similarity";
pub(crate) const MATCH_HINT: &str = "Choose a film to see which of your words and which of its \
     facts brought it here.";
pub(crate) const ENCODER_CHOICE: &str = "Your words are read by";
pub(crate) const EMBEDDING: &str = "Vectors computed here";
pub(crate) const EMBED_START: &str = "Compute them here";
pub(crate) const EMBED_GO_ON: &str = "Continue";
pub(crate) const EMBED_CANCEL: &str = "Cancel";

/// The name of the field that adds films, while it looks for one that takes another's place.
pub(crate) fn in_place_of(film: &str) -> String {
    format!("Put in place of {film}")
}

pub(crate) fn matched(field: MatchedField, text: &str) -> String {
    match field {
        MatchedField::Title => String::new(),
        MatchedField::OtherTitle => format!("found as {text}"),
        MatchedField::Director => format!("directed by {text}"),
        MatchedField::Cast => format!("with {text}"),
    }
}

pub(crate) fn search_by_meaning(query: &str) -> String {
    format!("Search by meaning: “{query}”")
}

pub(crate) fn encoder_cost(n_bytes: u64) -> String {
    if n_bytes == 0 { "runs here".into() } else { format!("fetches {} once", bytes(n_bytes)) }
}

pub(crate) fn encoder_title(encoder: EncoderName) -> &'static str {
    match encoder {
        EncoderName::SmallEncoder => "Small MiniLM",
        EncoderName::Encoder => "MiniLM",
    }
}

/// What speaks for an encoder, and what it costs.
pub(crate) fn encoder_note(encoder: EncoderName, n_bytes: u64, is_here: bool) -> String {
    let reason = match encoder {
        EncoderName::SmallEncoder => "two layers, distilled from MiniLM on film texts",
        EncoderName::Encoder => "six layers, better with long or unusual wording",
    };
    let cost = if is_here { "is here".to_owned() } else { format!("fetches {}", bytes(n_bytes)) };
    format!("{reason} · {cost}")
}

pub(crate) fn found_title(query: &str) -> String {
    format!("Near to “{query}”")
}

pub(crate) fn found_by(
    encoder: EncoderName,
    vectors: VectorSource,
    cost: Cost,
    n_items: usize,
) -> String {
    format!(
        "{} read your words on {} in {} and compared them with {} films, by {}.",
        encoder_title(encoder),
        backend(cost.backend),
        millis(cost.millis),
        grouped(n_items),
        self::vectors(vectors),
    )
}

pub(crate) fn vectors(vectors: VectorSource) -> &'static str {
    match vectors {
        VectorSource::Shipped => "the vectors that came with the site",
        VectorSource::Device => "the vectors computed on this device",
    }
}

pub(crate) fn embedding_offer(encoder: EncoderName) -> &'static str {
    match encoder {
        EncoderName::SmallEncoder => {
            "Results come from vectors that ship with the site, which MiniLM made. This device can \
             compute those of the small one; they find a little less."
        }
        EncoderName::Encoder => {
            "The first results come from vectors that ship with the site. This device computes its \
             own, in idle time, and checks them."
        }
    }
}

pub(crate) fn embedding(progress: &EmbeddingProgress) -> String {
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

pub(crate) fn agreement(cosine: f32) -> String {
    format!("Mean cosine with the shipped ones, which MiniLM made: {cosine:.4}; 1 is the same.")
}

pub(crate) fn embedding_not_kept(fault: StorageFault) -> &'static str {
    match fault {
        StorageFault::Full => {
            "This browser’s storage is full. The vectors last until you close the page."
        }
        StorageFault::Forbidden => {
            "This browser stores nothing for this page. The vectors last until you close it."
        }
        StorageFault::Blocked => {
            "Another tab holds an older version of this site: close it, and the vectors are kept."
        }
        StorageFault::Newer => {
            "Another tab has a newer version of this site: reload this page, and vectors are kept."
        }
    }
}
