//! What the multimodal model shows of itself.

use crate::compare::Changes;
use crate::families::multimodal::Modality;
use crate::ui::words::counted;

pub(super) const LEAD: &str = "A film’s vector points where its modalities together point: its \
     text, the sound and the look of its trailer, and its behaviour, which is who picked it \
     together with what. Contrastive training has brought all four into one space, so any of them can be left out.";
pub(super) const SWITCHES: &str = "Know films by";
pub(super) const SWITCHES_NOTE: &str = "A switch counts for your films and for all others. \
     Sound and look are known of about a quarter of the films, the best-known ones; without text \
     and behaviour only these can be recommended. Popularity goes with behaviour.";
pub(super) const ALL_ON: &str = "The list by all four";
pub(super) const SOME_ON: &str = "The list by what is on";
pub(super) const RESET: &str = "Switch all on";
pub(super) const PARTS: &str = "What each score is the sum of";
pub(super) const POPULARITY: &str = "Popularity";
pub(super) const SCORE: &str = "Score";
pub(super) const WHICH_PICK: &str = "Which of your films";
pub(super) const NEAREST: &str = "Nearest films, whatever is switched on";
pub(super) const NEAREST_NOTE: &str = "Numbers are cosines in the shared space.";

pub(super) fn modality(it: Modality) -> &'static str {
    match it {
        Modality::Text => "Text",
        Modality::Sound => "Sound",
        Modality::Look => "Look",
        Modality::Behaviour => "Behaviour",
    }
}

/// "without it 7 of 10 stay".
pub(super) fn kept(n_kept: usize, of: usize) -> String {
    format!("without it {n_kept} of {of} stay")
}

pub(super) fn changes(changes: Changes, is_all_on: bool) -> String {
    let Changes { n_entered, n_moved, .. } = changes;
    match (n_entered, n_moved) {
        _ if is_all_on => String::new(),
        (0, 0) => "The same as by all four.".to_owned(),
        (entered, moved) => format!(
            "Compared with all four: {} entered, {moved} at another rank.",
            counted(entered, "film", "films")
        ),
    }
}

/// "Near Alien, 3 of 5".
pub(super) fn near(at: usize, of: usize, title: &str) -> String {
    format!("Near {title}, {} of {of}", at + 1)
}

pub(super) fn by(it: Modality) -> String {
    format!("By {}", modality(it).to_lowercase())
}

pub(super) fn lacks(it: Modality) -> &'static str {
    match it {
        Modality::Sound | Modality::Look => "Nothing is known of its trailer.",
        Modality::Behaviour => "Nobody in the training data picked it.",
        Modality::Text => "Nothing is written about it.",
    }
}
