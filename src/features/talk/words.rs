//! Words of the feature.

pub(crate) mod figure;

use super::sentences::shortened;
use super::state::{Search, Words, Wordsmith};
use crate::catalog::{Catalogue, ItemRow};
use crate::dialogue::{Intent, Interval, Measured, Part};
use crate::engine::protocol::EngineError;
use crate::figures;
use crate::ui;
use crate::ui::words::{counted, film};

pub(crate) const TAB: &str = "Talk";
/// In place of the history, where it is empty.
pub(crate) const HISTORY_EMPTY: &str =
    "You can ask without a film. SASRec with EASE's links reads those you add.";
pub(crate) const TITLE: &str = "Talk about films";
pub(crate) const LEAD: &str = "Say what you want to see, in English. Every sentence of the answer \
     shows the facts it rests on. What you type is not sent and not kept.";
pub(crate) const OPENERS: &str = "Try one of these";
pub(crate) const OPENINGS: [&str; 4] = [
    "horror in space",
    "something like Blade Runner but funny",
    "a heist film from the 90s, nothing with Robert De Niro",
    "who directed Heat?",
];
pub(crate) const START_OVER: &str = "Start over";
pub(crate) const STARTED_OVER: &str = "Started over: nothing is asked for yet.";
/// What the button says in the reader's name, and what it is called.
pub(crate) const MORE: &str = "more";
pub(crate) const MORE_FILMS: &str = "Show more";
pub(crate) const ANSWERING: &str = "Searching…";
pub(crate) const MESSAGE: &str = "Your message";
pub(crate) const MESSAGE_HINT: &str = "more like Alien but older, no crime, not that one, why?";
pub(crate) const SEND: &str = "Send";
pub(crate) const YOU: &str = "You";
pub(crate) const SEEKER: &str = "Seeker";
pub(crate) const ANSWER: &str = "Glassrec";
pub(crate) const MESSAGE_CUT: &str =
    "That was long: the first 400 words were read, the rest was left out.";
pub(crate) const EVIDENCE_FROM: &str = "All the catalogue knows about it:";

pub(crate) const STEPS: &str = "How the answer came about";
pub(crate) const STEPS_LEAD: &str = "After RecLLM (arXiv 2305.07961): a manager reads the message, \
     retrieval filters, a ranker adds up evidence. There each is a large language model; here each is a rule.";
/// What the pieces of the ranker are.
pub(crate) const PIECES: &str = "The ranker’s weights were fitted on real conversations and measured on others. \
     Meaning compares your words with the text of a film, likeness the texts of films. People are those a film shares \
     with films you like. Facts are the genres, people and tags asked for. Known is how many rated it, named how often \
     people who talked about films named it, next what SASRec with EASE's links expects.";
pub(crate) const READ_HISTORY: &str = "Let SASRec with EASE's links read the films you like, here and in your history (from your next message on)";
pub(crate) const FIGURES: &str = "How often is that right?";
pub(crate) const FIGURES_LEAD: &str = "Measured on conversations in which one person recommends \
     films to another (ReDial): is the film named next among the first ten of the whole catalogue?";
pub(crate) const FIGURES_COMING: &str = "Loading the figures…";
pub(crate) const FIGURE_HEADS: [&str; 3] =
    ["Ranked by", "in the first ten", "gain over the row above"];
pub(crate) const FIGURES_LIMITS: &str = "Below each, its 95 % interval. What this does not show: those people talked to \
     people, not to this page, and the one film that somebody happened to recommend counts as the only right answer.";
pub(crate) const PROFILE: &str = "Profile";
pub(crate) const PROFILE_LEAD: &str =
    "What you want, as understood so far. Change a sentence, or take one out.";
pub(crate) const PROFILE_HINT: &str = "Nothing yet.";
pub(crate) const USE_PROFILE: &str = "Use this profile";
pub(crate) const SIMULATOR: &str = "User simulator";
pub(crate) const SIMULATOR_LEAD: &str = "A simulated seeker has a film in mind and answers with \
     its facts, never its title. Found means: among the ten best of the ranker, within \
     five messages.";
pub(crate) const IN_MIND: &str = "Film in mind";
pub(crate) const LET_SEEK: &str = "Run the simulation";

pub(crate) fn heard(intent: Intent) -> String {
    match intent {
        Intent::Ask => "ask: a question, or a new topic",
        Intent::Refine => "refine: more of what is wanted",
        Intent::Critique => "critique: something should be different",
        Intent::Reject => "reject: these films go away",
        Intent::More => "more: wants the next films",
        Intent::Undo => "undo: takes the last message back",
        Intent::StartOver => "start over: forgets what was said",
        Intent::Explain => "explain: wants the reasons",
        Intent::Compare => "compare: sets films beside each other",
        Intent::ChitChat => "chit-chat: nothing about films",
        Intent::Unread => "unread: no words that it knows",
    }
    .to_owned()
}

/// One part of what was understood.
pub(crate) fn understood_part(catalogue: &Catalogue, part: &Part) -> String {
    let name = part.name(catalogue);
    match part {
        Part::Wanted(_) | Part::Years(_) => name,
        Part::Unwanted(_) => format!("no {name}"),
        Part::Liked(_) => format!("like {name}"),
        Part::Disliked(_) => format!("unlike {name}"),
        Part::Rejected(_) => format!("not again: {name}"),
        Part::Words(_) => format!("near to “{}”", shortened(&name)),
    }
}

/// Where an answer names the films that stood there before.
pub(crate) fn same_films(is_wish_changed: bool) -> &'static str {
    if is_wish_changed {
        "The same films as before: what changed puts no others ahead of them."
    } else {
        "The same films as before, since nothing that you want has changed."
    }
}

pub(crate) fn evidence(film: &str) -> String {
    format!("Facts of {film}")
}

/// What other sources than MovieLens say of a film, each under what it is.
pub(crate) fn further_facts(catalogue: &Catalogue, film: ItemRow) -> Vec<(&'static str, String)> {
    let one = |label: &'static str, text: Option<String>| text.map(|it| (label, it));
    let each = |label: &'static str, texts: Vec<&str>| -> Vec<(&'static str, String)> {
        texts.into_iter().map(|it| (label, it.to_owned())).collect()
    };
    // The first country is among the facts that the encoder reads.
    let main = catalogue.country(film);
    let others = catalogue.countries(film).into_iter().filter(|it| Some(*it) != main).collect();
    let mut facts = Vec::new();
    facts.extend(one("length", catalogue.minutes(film).map(|it| format!("{it} min"))));
    facts.extend(one("form", ui::words::form(catalogue, film)));
    facts.extend(one("series", ui::words::in_series(catalogue, film)));
    facts.extend(each("languages", catalogue.languages(film)));
    facts.extend(each("country", others));
    facts.extend(each("moods", catalogue.moods(film)));
    facts.extend(each("Oscars won", catalogue.prizes_won(film)));
    facts.extend(each("Oscar nominations", catalogue.nominations(film)));
    facts
}

pub(crate) fn without_evidence(error: &EngineError) -> String {
    format!("Answered by facts alone: {error}.")
}

pub(crate) fn without_weights(error: &EngineError) -> String {
    format!(
        "The fitted weights and their figures are missing, so films are ranked by weights set by hand: {error}. Your next message tries again."
    )
}

/// In place of [`found_in_ten`], where the fitted weights did not come.
pub(crate) const BY_HAND: &str = "Rules read the message; weights set by hand rank";

/// How often the ranker's first ten have the film that a person named next, with and without the sequential model.
pub(crate) fn found_in_ten(measured: &Measured, has_next: bool) -> String {
    let of = |step: &str| {
        let step = measured.steps.iter().find(|it| it.step == step)?;
        let Interval(mean, low, high) = step.recall_at_10;
        Some((mean * 100.0, low * 100.0, high * 100.0))
    };
    let ranked = of(if has_next { "state_sequential" } else { "state_named" });
    let (Some((mean, low, high)), Some((plain, ..))) = (ranked, of("popularity")) else {
        return "Rules read the message; fitted weights rank".to_owned();
    };
    format!(
        "Rules read the message; fitted weights rank · Recall@10 {mean:.1} % ({low:.1}–{high:.1}) on {}; popularity alone {plain:.1} %",
        counted(measured.targets_asked, "film that people named", "films that people named")
    )
}

pub(crate) fn figures_asked(measured: &Measured) -> String {
    format!(
        "{} recommended in {} that no weight was fitted to.",
        counted(measured.targets_asked, "film", "films"),
        counted(measured.conversations, "conversation", "conversations")
    )
}

pub(crate) fn figure_step(step: &str) -> String {
    match step {
        "popularity" => "popularity alone",
        "encoder_last_utterance" => "the encoder, last message alone",
        "encoder_context" => "the encoder, whole conversation",
        "state" => "what was understood: filters, facts, films liked, words",
        "state_popularity" => "the same and popularity",
        "state_named" => "the same and how often people name a film",
        "state_sequential" => "the same and SASRec with EASE's links on the films liked",
        other => other,
    }
    .to_owned()
}

pub(crate) fn figure(Interval(mean, low, high): Interval) -> String {
    let percent = |it: f32| format!("{:.1}", it * 100.0);
    format!("{} %\n{} to {}", percent(mean), percent(low), percent(high))
}

pub(crate) fn figure_more(Interval(mean, low, high): Interval) -> String {
    let points = |it: f32| figures::signed(it * 100.0, 1);
    format!("{}\n{} to {}", points(mean), points(low), points(high))
}

pub(crate) const WORDSMITH: &str = "Wording of the answer";

pub(crate) fn wordsmith(by: Wordsmith) -> &'static str {
    match by {
        Wordsmith::Rules => "fixed sentences",
        Wordsmith::Language => "a language model chooses among sentences made of facts",
        Wordsmith::Browser => "the browser's own model does",
    }
}

/// Who found the words of an answer.
pub(crate) fn words(words: &Words) -> Option<String> {
    match words {
        Words::OfRules => None,
        Words::Coming => Some("A model is choosing the wording…".to_owned()),
        Words::Said { sentences, .. } if sentences.is_empty() => None,
        Words::Said { by, millis, .. } => Some(format!(
            "Words chosen by {} in {}, out of sentences that the facts allow.",
            if *by == Wordsmith::Browser { "the browser's model" } else { "the language model" },
            ui::words::millis(*millis)
        )),
        Words::Failed(error) => {
            Some(format!("Fixed sentences are shown, since the model did not answer: {error}."))
        }
    }
}

pub(crate) fn search(catalogue: &Catalogue, target: ItemRow, search: Search) -> String {
    let name = film(catalogue, target);
    match search {
        Search::Running { n_turns } => {
            format!("Looking for {name}: {}.", counted(n_turns, "message", "messages"))
        }
        Search::Found { n_turns, rank } => {
            format!(
                "Found {name} after {}, at rank {rank}.",
                counted(n_turns, "message", "messages")
            )
        }
        Search::GaveUp { n_turns } => {
            format!("{name} was not found within {}.", counted(n_turns, "message", "messages"))
        }
    }
}
