//! What the reader has to be told, in words.

use super::{bytes, counted, error, sentence};
use crate::engine::protocol::{EngineError, StorageFault};
use crate::families;
use crate::state::notices::{Notice, Refusal};

pub(crate) fn notice(notice: &Notice) -> String {
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
        Notice::NotKept(StorageFault::Full) => "This browser’s storage is full: your history lasts \
             until you close the page. “Copy link”, at the foot of the page, keeps it in an address."
            .into(),
        Notice::NotKept(_) => "This browser keeps nothing for this page: \
             your history lasts until you close it. “Copy link”, at the foot of the page, keeps it in an address."
            .into(),
        Notice::KeptAside { text } => format!(
            "This version of the site cannot read all that is kept here of earlier visits. It was \
             set aside ({}), and nothing is written over it.",
            bytes(text.len() as u64),
        ),
        Notice::NoDetails(cause) => {
            format!("Films cannot be found by director or cast yet. {}", error(cause))
        }
        Notice::Trouble(cause) => error(cause),
    }
}
