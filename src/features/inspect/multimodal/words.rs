//! What the multimodal model shows of itself.

use crate::families::multimodal::Modality;
use crate::ui::words::{grouped, listed, ordinal};

pub(super) const ABOUT: &str = "text, sound, look and behaviour";
pub(super) const POPULARITY: &str = "Popularity";
pub(super) const SCORE: &str = "score";
pub(super) const BY_ALL: &str = "by all four";
pub(super) const BY_THOSE_ON: &str = "by what is on";
pub(super) const THE_SAME: &str = "the list";
pub(super) const CHANGE_LONG: &str = "of the first ten change without it";
pub(super) const CHANGE_SHORT: &str = "of ten change without it";
pub(super) const WHICH_PICK: &str = "Which of your films";
pub(super) const NOTE: &str = "A film’s vector points where its modalities together point: its \
     text, the sound and the look of its trailer, and its behaviour, which is who watched it \
     together with what. Contrastive training has brought all four into one space, so any of them \
     can be left out, of your films and of all others. Popularity goes with behaviour. Sound and \
     look are known of about a quarter of the films, the best-known ones: without text and \
     behaviour only these can be recommended. Numbers beside nearest films are cosines in the \
     shared space, whatever is on. Choose a film of the list to see what is nearest to it.";

pub(super) fn modality(it: Modality) -> &'static str {
    match it {
        Modality::Text => "Text",
        Modality::Sound => "Sound",
        Modality::Look => "Look",
        Modality::Behaviour => "Behaviour",
    }
}

fn names(of: &[Modality]) -> Vec<String> {
    of.iter().map(|it| modality(*it).to_lowercase()).collect()
}

/// "sound or look".
fn either(of: &[Modality]) -> String {
    let names = names(of);
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Of `n` films so many change without each modality alone, in the order of [`Modality::ALL`].
pub(super) fn each_without(n_changed: [usize; 4], n: usize) -> String {
    let most = n_changed.iter().copied().max().unwrap_or(0);
    let least = n_changed.iter().copied().min().unwrap_or(0);
    let of = |wanted: usize| -> Vec<Modality> {
        Modality::ALL.into_iter().filter(|it| n_changed[*it as usize] == wanted).collect()
    };
    let change = |n: usize| if n == 1 { "changes" } else { "change" };
    match (most, least) {
        (0, _) => format!("Without any one of the four, the first {n} films stay the same"),
        (most, least) if most == least => {
            format!("Without any one of the four, {most} of the first {n} films {}", change(most))
        }
        (most, least) => {
            let least_said = if least == 0 { "none".to_owned() } else { least.to_string() };
            format!(
                "Without {}, {most} of the first {n} films {}; without {}, {least_said}",
                either(&of(most)),
                change(most),
                either(&of(least))
            )
        }
    }
}

/// `own` is the film that came first with all four, with its rank now; `first` the one that comes first now.
pub(super) fn without(
    off: &[Modality],
    n_changed: usize,
    n: usize,
    own: Option<&(String, usize)>,
    first: &str,
) -> String {
    let off = listed(&names(off));
    let changed = match n_changed {
        0 => format!("the first {n} films stay the same"),
        1 => format!("1 of the first {n} films changes"),
        changed => format!("{changed} of the first {n} films change"),
    };
    match own {
        Some((film, 1)) => format!("Without {off}, {changed}; {film} stays first"),
        Some((film, rank)) => {
            format!(
                "Without {off}, {changed}: {film} falls to {}, {first} comes first",
                ranked(*rank)
            )
        }
        None => format!("Without {off}, {changed}; {first} comes first"),
    }
}

pub(super) fn say(is_changed: bool) -> &'static str {
    if is_changed {
        "Lines lead from the list by all four to that by what is on."
    } else {
        "Areas: what each gives to a score. Switch one off to see the list without it."
    }
}

/// Of a switch, for who does not see it.
pub(super) fn switch(it: Modality, n_changed: usize) -> String {
    format!("{}, {n_changed} of the first ten change without it", modality(it))
}

/// Of a film of the list, for who does not see it.
pub(super) fn aloud(title: &str, rank: usize, was: Option<usize>) -> String {
    match was {
        Some(was) if was != rank => {
            format!("{title}, {}, {} by all four", ordinal(rank), ranked(was))
        }
        _ => format!("{title}, {}", ordinal(rank)),
    }
}

/// "31st", "1,234th".
pub(super) fn ranked(rank: usize) -> String {
    let written = ordinal(rank);
    let ending = written.trim_start_matches(|it: char| it.is_ascii_digit());
    format!("{}{ending}", grouped(rank))
}

/// "was 31st".
pub(super) fn was(rank: usize) -> String {
    format!("was {}", ranked(rank))
}

/// "Near Alien, 3 of 5".
pub(super) fn near(at: usize, of: usize, title: &str) -> String {
    format!("Near {title}, {} of {of}", at + 1)
}

/// Over the columns.
pub(super) fn nearest(title: &str, is_wide: bool) -> String {
    if is_wide {
        format!("The films nearest to {title}, by each alone")
    } else {
        format!("Nearest to {title}")
    }
}

pub(super) fn by(it: Modality) -> String {
    format!("by {}", modality(it).to_lowercase())
}

pub(super) fn lacks(it: Modality) -> &'static str {
    match it {
        Modality::Sound | Modality::Look => "Nothing is known of its trailer.",
        Modality::Behaviour => "Nobody in the training data watched it.",
        Modality::Text => "Nothing is written about it.",
    }
}
