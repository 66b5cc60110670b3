//! Families that cannot answer: another one stands in, and the reader can try again.

use leptos::prelude::*;

use crate::engine::protocol::EngineError;
use crate::families::{self, FamilyName};
use crate::session::{Notice, Phase, Session, first_family};

impl Session {
    /// Whether `family` could not answer when it was asked last.
    pub fn is_unavailable(self, family: &str) -> bool {
        self.notices.with(|notices| is_named(notices, family))
    }

    /// Marks families that answer or fail, and lets another one stand in for one that failed.
    pub(super) fn follow_families(self) {
        Effect::new(move || {
            let Some(error) = self.recommended.failure() else { return };
            let Some(question) = self.recommended.question_untracked() else { return };
            if self.is_of_family(&error, &question.family) {
                self.tell(Notice::Unavailable(question.family, error));
                if let Some(other) = self.stand_in() {
                    self.choose_family(other);
                }
            }
        });
        Effect::new(move || {
            let answered = self.recommended.with(|it| it.map(|it| it.question.family.clone()));
            if let Some(family) = answered {
                self.dismiss(&Notice::Unavailable(family, EngineError::Stopped));
            }
        });
    }

    /// Forgets that families could not answer.
    pub(super) fn call_all_available(self) {
        self.notices.update(|it| it.retain(|it| !matches!(it, Notice::Unavailable(..))));
    }

    /// Whether another family may well answer where this one gave `error`.
    fn is_of_family(self, error: &EngineError, family: &FamilyName) -> bool {
        let has_file = |path: &String| {
            // Of one that the list of models names without a file it needs, no file is to blame.
            let Ok(parts) = families::parts_of(family, &self.manifest()) else { return true };
            *path == family.0 || parts.iter().any(|(_, file)| file.path == *path)
        };
        match error {
            EngineError::Unreachable { path } | EngineError::Damaged { path } => has_file(path),
            // An engine that ended gives its reason to whoever asks.
            EngineError::ModelFailed { .. } => {
                !matches!(untrack(|| self.watch.phase()), Phase::Stopped(_))
            }
            _ => false,
        }
    }

    /// The family of the list that is here; where there is none yet, the best of the others.
    fn stand_in(self) -> Option<FamilyName> {
        let notices = self.notices.get_untracked();
        let of_list = self.recommended.good_untracked().map(|it| it.question.family);
        // Where a second one fails as well, the families are not to blame.
        let n_out = notices.iter().filter(|it| matches!(it, Notice::Unavailable(..))).count();
        of_list.filter(|it| !is_named(&notices, &it.0)).or_else(|| {
            (n_out == 1).then(|| first_family(&self.manifest(), |it| !is_named(&notices, it)))
        })
    }
}

fn is_named(notices: &[Notice], family: &str) -> bool {
    notices.iter().any(|it| matches!(it, Notice::Unavailable(name, _) if name.0 == family))
}
