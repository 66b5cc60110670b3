//! What the reader has to be told, and what can be done about it.

use std::mem::discriminant;

use crate::address::AddressWarning;
use crate::engine::protocol::{EngineError, SelfTest, StorageFault};
use crate::families::FamilyName;
use crate::session::OpeningError;

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
    NoDetails(OpeningError),
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
