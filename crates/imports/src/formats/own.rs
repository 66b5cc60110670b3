//! Our own file.

use serde_json::Value;

use crate::format::Format;
use crate::kept::{File, NAME, VERSION};
use crate::note::What;
use crate::sheet::Gathered;

pub(super) fn is_it(value: &Value) -> bool {
    value.get("file").and_then(Value::as_str) == Some(NAME)
}

pub(super) fn read(gathered: &mut Gathered, name: &str, value: Value) -> Option<Format> {
    if value.get("version").and_then(Value::as_u64).is_some_and(|it| it > u64::from(VERSION)) {
        gathered.tell(name, None, What::NewerVersion);
        return None;
    }
    match serde_json::from_value::<File>(value) {
        Ok(file) => {
            let sound =
                file.films.into_iter().filter(|it| it.told.rating.is_none_or(|it| it.is_sound()));
            gathered.import.kept.extend(sound);
            Some(Format::Glassrec)
        }
        // What is wrong in it is nobody's to mend by hand.
        Err(_) => {
            gathered.tell(name, None, What::Unreadable);
            None
        }
    }
}
