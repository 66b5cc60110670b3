//! What the reader has to be told, and what can be done about it.

use std::mem::discriminant;

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Update, With};

use super::latest::Latest;
use crate::address::AddressWarning;
use crate::engine::protocol::{EngineError, SelfTest, StorageFault};
use crate::families::FamilyName;

/// One thing the reader should know, shown until it is dealt with or dismissed.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A part of the address that was left out; the rest of it counts.
    Address(AddressWarning),
    /// The address brought another history than the one kept on this device.
    LinkedHistory { n_films: usize, n_own: usize },
    /// The engine ended or cannot start.
    EngineStopped(EngineError),
    /// A family could not answer when it was asked last.
    Unavailable(FamilyName, EngineError),
    /// WebGPU was lost; WebAssembly goes on.
    DeviceLost,
    /// WebGPU was tried and did not give the stored answers.
    WebGpuRefused(Refusal),
    /// The history cannot be kept on this device.
    NotKept(StorageFault),
    /// What an earlier visit, or a newer version of the site, kept here cannot be read: it stands
    /// aside, as `text`.
    KeptAside { text: String },
    /// The catalogue's details did not come.
    NoDetails(EngineError),
    /// Something went wrong that belongs to no answer.
    Trouble(EngineError),
}

/// Why WebGPU is not used.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    Failed(EngineError),
    Differs(SelfTest),
}

impl Notice {
    /// Whether `other` speaks of the same thing, so that the newer takes the place of the older.
    pub fn is_about_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Address(a), Self::Address(b)) => discriminant(a) == discriminant(b),
            (Self::Unavailable(a, _), Self::Unavailable(b, _)) => a == b,
            _ => discriminant(self) == discriminant(other),
        }
    }

    /// Something does not work, rather than being worth knowing.
    pub fn is_broken(&self) -> bool {
        matches!(
            self,
            Self::EngineStopped(_) | Self::Unavailable(..) | Self::NoDetails(_) | Self::Trouble(_)
        )
    }
}

/// What is told, oldest first. Cheap to copy.
#[derive(Clone, Copy, Default)]
pub struct Notices(RwSignal<Vec<Notice>>);

impl Notices {
    pub fn all(self) -> RwSignal<Vec<Notice>> {
        self.0
    }

    /// Tells the reader `notice`, in place of an older one about the same thing.
    pub fn tell(self, notice: Notice) {
        self.0.update(|notices| {
            notices.retain(|it| !it.is_about_the_same_as(&notice));
            notices.push(notice);
        });
    }

    /// Takes `notice` away.
    pub fn dismiss(self, notice: &Notice) {
        self.forget(|it| it.is_about_the_same_as(notice));
    }

    /// Takes away what is `over`.
    pub fn forget(self, over: impl Fn(&Notice) -> bool) {
        self.0.update(|notices| notices.retain(|it| !over(it)));
    }

    /// Whether the engine ended, so that its notice stands for every missing answer.
    pub fn is_engine_stopped(self) -> bool {
        self.0.with(|it| it.iter().any(|it| matches!(it, Notice::EngineStopped(_))))
    }

    /// Whether `family` could not answer when it was asked last.
    pub fn is_unavailable(self, family: &str) -> bool {
        let is_named = |it: &Notice| matches!(it, Notice::Unavailable(name, _) if name.0 == family);
        self.0.with(|it| it.iter().any(is_named))
    }

    /// The error of an answer that its own view has to show.
    pub fn shown_failure<Q, A>(self, latest: Latest<Q, A>) -> Option<EngineError>
    where
        Q: Clone + PartialEq + Send + Sync + 'static,
        A: Clone + Send + Sync + 'static,
    {
        latest.failure().filter(|_| !self.is_engine_stopped())
    }
}

#[cfg(test)]
mod tests {
    use reactive_graph::owner::Owner;
    use reactive_graph::traits::GetUntracked;

    use super::*;

    #[test]
    fn a_newer_notice_takes_the_place_of_an_older_one_about_the_same() {
        let owner = Owner::new();
        owner.set();
        let notices = Notices::default();
        let family = |name: &str| FamilyName(name.to_owned());
        notices.tell(Notice::Unavailable(family("a"), EngineError::NoSimd));
        notices.tell(Notice::Unavailable(family("b"), EngineError::NoSimd));
        notices.tell(Notice::NotKept(StorageFault::Full));
        notices.tell(Notice::Unavailable(family("a"), EngineError::Stopped));
        let all = notices.all().get_untracked();
        assert_eq!(
            all,
            [
                Notice::Unavailable(family("b"), EngineError::NoSimd),
                Notice::NotKept(StorageFault::Full),
                Notice::Unavailable(family("a"), EngineError::Stopped),
            ]
        );
        assert!(notices.is_unavailable("a") && !notices.is_unavailable("c"));
        notices.dismiss(&Notice::NotKept(StorageFault::Forbidden));
        notices.forget(|it| matches!(it, Notice::Unavailable(..)));
        assert!(notices.all().get_untracked().is_empty());
        notices.tell(Notice::EngineStopped(EngineError::NoSimd));
        assert!(notices.is_engine_stopped());
    }
}
