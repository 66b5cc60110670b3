//! Words of the page of conversations.

use super::{counted, film, grouped, listed};
use crate::catalog::{Catalogue, ItemRow};
use crate::dialogue::{
    Claim, Field, Intent, Interval, Measured, Part, Reason, Trait, Unmet, Why, Wish, Years,
};
use crate::engine::protocol::EngineError;
use crate::figures;
use crate::session::{Search, Words, Wordsmith};

pub(crate) const SKIP_TO_TALK: &str = "Skip to the conversation";
pub(crate) const TO_TALK: &str = "This part has a page of its own: go on to it";

pub(crate) const TALK: &str = "Talk about films";
pub(crate) const TALK_LEAD: &str = "Say what you want to see in your own words, in English. Rules read \
     your message, and every sentence of an answer rests on facts of the catalogue. What you type stays on this page: it is \
     neither sent nor kept.";
pub(crate) const OPENERS: &str = "For a start";
pub(crate) const OPENINGS: [&str; 4] = [
    "horror in space",
    "something like Blade Runner but funny",
    "a heist film from the 90s, nothing with Robert De Niro",
    "who directed Heat?",
];
pub(crate) const START_OVER: &str = "Start over";
pub(crate) const STARTED_OVER: &str = "Started over: nothing is wanted yet.";
pub(crate) const UNDERSTOOD: &str = "Understood so far";
pub(crate) const TURN_ROUND: &str = "Turns it round: wanted, or not";
/// What the button says in the reader's name, and what it is called.
pub(crate) const MORE: &str = "more";
pub(crate) const MORE_FILMS: &str = "Show more";
pub(crate) const ANSWERING: &str = "Looking…";
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
pub(crate) const STEPS_LEAD: &str = "The five parts of RecLLM (arXiv 2305.07961), each with what it was given \
     and what it gave. There each is a large language model; here each is a rule you can read.";
pub(crate) const GIVEN: &str = "Given";
pub(crate) const GAVE: &str = "Gave";
pub(crate) const MANAGER: &str = "1 · Dialogue manager";
pub(crate) const MANAGER_LEAD: &str = "Reads what your message is for.";
pub(crate) const RETRIEVAL: &str = "2 · Retrieval";
pub(crate) const RETRIEVAL_LEAD: &str =
    "Filters by facts, and sets the meaning of your words beside that of every film.";
pub(crate) const RANKER: &str = "3 · Ranker";
pub(crate) const RANKER_LEAD: &str = "Adds up what speaks for each film. The weights were fitted to one half of \
     real conversations, and measured on the other.";
pub(crate) const READ_HISTORY: &str =
    "Let SASRec read the films you like, here and in your history (from your next message on)";
pub(crate) const RANK_HEADS: [&str; 7] =
    ["Film", "sum", "meaning", "likeness", "facts", "known", "next"];
pub(crate) const FIGURES: &str = "How often is that right?";
pub(crate) const FIGURES_LEAD: &str = "Asked of conversations in which one person recommends films to another \
     (ReDial): is the film named next among the ten best of the whole catalogue?";
pub(crate) const FIGURES_COMING: &str = "The figures are on their way…";
pub(crate) const FIGURE_HEADS: [&str; 3] =
    ["Goes by", "in the ten best", "more than the row above"];
pub(crate) const FIGURES_LIMITS: &str = "Below each, its 95 % interval. What this does not show: those people talked to \
     people, not to this page, and the one film that somebody happened to recommend counts as the only right answer.";
pub(crate) const PROFILE: &str = "4 · Profile";
pub(crate) const PROFILE_LEAD: &str =
    "What you want, as understood so far. Change a sentence, or take one out.";
pub(crate) const PROFILE_HINT: &str = "Nothing yet.";
pub(crate) const USE_PROFILE: &str = "Use this profile";
pub(crate) const SIMULATOR: &str = "5 · User simulator";
pub(crate) const SIMULATOR_LEAD: &str = "A made-up seeker has a film in mind and answers with its facts, never \
     its title. Found means: among the ten films of the ranker’s table, within five messages.";
pub(crate) const IN_MIND: &str = "In mind";
pub(crate) const LET_SEEK: &str = "Let it seek";

/// A message as the page repeats it.
pub(crate) fn shortened(message: &str) -> String {
    const SHOWN: usize = 280;
    let mut shown: String = message.chars().take(SHOWN).collect();
    if shown.len() < message.len() {
        shown.push('…');
    }
    shown
}

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

pub(crate) fn take_off(part: &str) -> String {
    format!("Take off: {part}")
}

/// Where an answer names the films that stood there before.
pub(crate) fn same_films(is_wish_changed: bool) -> &'static str {
    if is_wish_changed {
        "The same films as before: what changed puts no others ahead of them."
    } else {
        "The same films as before, since nothing that you want has changed."
    }
}

/// What retrieval goes by.
pub(crate) fn searched(catalogue: &Catalogue, wish: &Wish) -> String {
    let names = |traits: &[Trait]| traits.iter().map(|it| it.name().to_owned()).collect::<Vec<_>>();
    let mut parts = Vec::new();
    if !wish.text.is_empty() {
        parts.push(format!("meaning of “{}”", shortened(&wish.text)));
    }
    let mut add = |before: &str, names: Vec<String>| {
        if !names.is_empty() {
            parts.push(format!("{before} {}", listed(&names)));
        }
    };
    add("with", names(&wish.wanted));
    add("without", names(&wish.unwanted));
    add("like", wish.liked.iter().map(|&it| film(catalogue, it)).collect());
    add("unlike", wish.disliked.iter().map(|&it| film(catalogue, it)).collect());
    add("of", years(wish.years).into_iter().collect());
    if parts.is_empty() { "nothing yet".to_owned() } else { parts.join("; ") }
}

fn years(years: Years) -> Option<String> {
    match (years.from, years.to) {
        (None, None) => years.except.map(|(from, to)| format!("any year but {from} to {to}")),
        (Some(from), None) => Some(format!("{from} or later")),
        (None, Some(to)) => Some(format!("{to} or earlier")),
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
    }
}

pub(crate) fn retrieved(n_fit: usize, n_items: usize) -> String {
    format!("{} of {} pass the filters", counted(n_fit, "film", "films"), grouped(n_items))
}

pub(crate) fn evidence(film: &str) -> String {
    format!("Facts of {film}")
}

pub(crate) fn without_evidence(error: &EngineError) -> String {
    format!("Answered by facts alone: {error}.")
}

pub(crate) fn without_weights(error: &EngineError) -> String {
    format!(
        "The fitted weights and their figures are missing, so films are ranked by weights set by hand: {error}. Your next message tries again."
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
        "encoder_context" => "the encoder, all that was said",
        "state" => "what was understood: filters, facts, films liked, words",
        "state_popularity" => "and how known a film is",
        "state_sequential" => "and SASRec after the films liked",
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

/// One sentence of an answer.
pub(crate) fn claim(catalogue: &Catalogue, claim: &Claim) -> String {
    match claim {
        Claim::Fits { film: item, reasons } => {
            let reasons: Vec<String> = reasons.iter().map(|it| reason(catalogue, it)).collect();
            format!("{}: {}.", film(catalogue, *item), listed(&reasons))
        }
        Claim::Fact { film: item, field, values } => {
            let (name, values) = (film(catalogue, *item), listed(values));
            match field {
                Field::Directors => format!("{name} was directed by {values}."),
                Field::Cast => format!("{name} has {values} in it."),
                Field::Year => format!("{} came out in {values}.", catalogue.title(*item)),
                Field::Genres => format!("{name} is filed under {values}."),
                Field::Tags => format!("People tagged {name} with {values}."),
                Field::Country | Field::Facts | Field::Unknown => format!("{name} comes from {values}."),
            }
        }
        Claim::NotKnown { film: item, .. } => format!(
            "The catalogue does not say that of {}. It holds years, genres, people, countries and tags, no plots and no running times.",
            film(catalogue, *item)
        ),
        Claim::NothingFits => "No film passes all of these filters. Take off a part of what was understood, or say “start over”.".to_owned(),
        Claim::NoMore => "These were all the films that fit.".to_owned(),
        Claim::SentAway { films } => {
            let names: Vec<String> = films.iter().map(|&it| film(catalogue, it)).collect();
            format!("{} will not be shown again.", listed(&names))
        }
        Claim::Undone => "Your last message was taken back.".to_owned(),
        Claim::Unmet(it) => unmet(it),
        Claim::Compared { films } => {
            let said = |&it: &ItemRow| {
                format!("{} was rated by {} people", film(catalogue, it), grouped(catalogue.n_ratings(it) as usize))
            };
            let said: Vec<String> = films.iter().map(said).collect();
            format!("Which is better it cannot judge: it knows facts, no opinions. {}.", listed(&said))
        }
        Claim::TellMore => "Name a film you liked, a genre, a person or a decade, and what it should not be.".to_owned(),
    }
}

/// All the ways to say a claim, from the same facts.
pub(crate) fn sentences(catalogue: &Catalogue, it: &Claim) -> Vec<String> {
    let usual = claim(catalogue, it);
    let mut all = vec![usual];
    match it {
        Claim::Fits { film: item, reasons } => {
            let name = film(catalogue, *item);
            let reasons: Vec<String> = reasons.iter().map(|it| reason(catalogue, it)).collect();
            all.push(format!("You might like {name}: {}.", listed(&reasons)));
            all.extend(reasons.iter().map(|reason| format!("Try {name}: {reason}.")));
        }
        Claim::Fact { film: item, field: Field::Directors, values } => {
            all.push(format!("{} directed {}.", listed(values), film(catalogue, *item)));
        }
        _ => {}
    }
    all.dedup();
    all
}

pub(crate) const WORDSMITH: &str = "Words of the answer";

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
        Words::Coming => Some("A model looks for words…".to_owned()),
        Words::Said { sentences, .. } if sentences.is_empty() => None,
        Words::Said { by, millis, .. } => Some(format!(
            "Words chosen by {} in {}, out of sentences that the facts allow.",
            if *by == Wordsmith::Browser { "the browser's model" } else { "the language model" },
            super::millis(*millis)
        )),
        Words::Failed(error) => {
            Some(format!("The fixed sentences stand, since the model did not answer: {error}."))
        }
    }
}

/// What could not be taken over, and why.
pub(crate) fn unmet(Unmet { words, why }: &Unmet) -> String {
    let words = shortened(words);
    match why {
        Why::Unreadable => format!("“{words}” was not understood."),
        Why::OtherLanguage => "Only English is read here. Names of films and people, and numbers, were taken from your message.".to_owned(),
        Why::Comparison => format!("“{words}”: the catalogue holds facts, no opinions, so which is better it cannot say."),
        Why::Degree => format!("“{words}”: the catalogue knows whether a film is tagged so, not how much."),
        Why::RunningTime => format!("“{words}”: running times are not known here."),
        Why::SpokenLanguage => format!("“{words}”: countries are known here, spoken languages are not."),
        Why::NotInCatalogue => format!("“{words}”: nothing in the catalogue tells."),
        Why::SecondQuestion => format!("“{words}”: one question at a time; ask it again on its own."),
        Why::NoSuchFilm => format!("“{words}” is not in the catalogue."),
        Why::BeyondCatalogue { last_year } => format!("“{words}”: the catalogue ends in {last_year}, as MovieLens 32M does."),
    }
}

fn reason(catalogue: &Catalogue, reason: &Reason) -> String {
    match reason {
        Reason::Has(Trait::Person(name)) => format!("with {name}"),
        Reason::Has(Trait::Country(name)) => format!("from {name}"),
        Reason::Has(it) => it.name().to_lowercase(),
        Reason::Shares { film, facts } => {
            format!("shares {} with {}", listed(facts), catalogue.title(*film))
        }
        Reason::OfYear(year) => format!("of {year}"),
        Reason::Meaning(similarity) => {
            format!("its facts are near to your words (cosine {})", super::score(*similarity))
        }
        Reason::Like(similarity) => format!(
            "its facts are near to those of the films you liked (cosine {})",
            super::score(*similarity)
        ),
        Reason::Next => "comes next after the films you liked, says SASRec".to_owned(),
        Reason::WellKnown { n_ratings } => {
            format!("well known: {} people rated it", grouped(*n_ratings as usize))
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
