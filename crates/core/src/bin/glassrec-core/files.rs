//! The shipped files.

use std::cell::OnceCell;
use std::path::PathBuf;

use serde_json::Value;

/// `models/artifacts`, or the folder that `GLASSREC_ARTIFACTS` names.
pub(super) struct Artifacts {
    folder: PathBuf,
    /// Read once something of it is asked for: a folder that is being built has none yet.
    manifest: OnceCell<Value>,
}

impl Artifacts {
    pub(super) fn open() -> Self {
        let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/artifacts");
        let folder = std::env::var_os("GLASSREC_ARTIFACTS").map_or(shipped, PathBuf::from);
        Self { folder, manifest: OnceCell::new() }
    }

    pub(super) fn manifest(&self) -> &Value {
        self.manifest.get_or_init(|| {
            let manifest = std::fs::read(self.folder.join("manifest.json")).unwrap();
            serde_json::from_slice(&manifest).unwrap()
        })
    }

    /// The file whose path stands at `pointer` in the manifest.
    pub(super) fn read(&self, pointer: &str) -> Vec<u8> {
        let path = self.manifest().pointer(pointer).and_then(Value::as_str);
        let path = path.unwrap_or_else(|| panic!("the manifest has nothing at {pointer}"));
        std::fs::read(self.folder.join(path)).unwrap()
    }
}
