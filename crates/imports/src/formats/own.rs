//! Our own file.

use serde_json::Value;

use crate::format::Format;
use crate::kept::{self, NAME};
use crate::sheet::Gathered;

pub(super) fn is_it(value: &Value) -> bool {
    value.get("file").and_then(Value::as_str) == Some(NAME)
}

pub(super) fn read(gathered: &mut Gathered, name: &str, value: Value) -> Option<Format> {
    match kept::films_of(value) {
        Ok(films) => {
            gathered.import.kept.extend(films);
            Some(Format::Glassrec)
        }
        Err(what) => {
            gathered.tell(name, None, what);
            None
        }
    }
}
