//! Short texts that are kept for the reader: on the device, or in memory for a shell that is a guest on a page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::engine::protocol::StorageFault;

/// Under this name stand texts that this version of the site cannot read.
const ASIDE: &str = "aside";

/// Texts by name. Each is kept at once, or not at all.
pub trait Texts {
    /// # Errors
    /// [`StorageFault::Full`] or [`StorageFault::Forbidden`], as the browser says.
    fn keep(&self, name: &str, text: &str) -> Result<(), StorageFault>;

    /// What was kept under `name`.
    ///
    /// # Errors
    /// [`StorageFault::Forbidden`] if nothing can be kept.
    fn kept(&self, name: &str) -> Result<Option<String>, StorageFault>;

    /// # Errors
    /// [`StorageFault::Forbidden`] if nothing can be kept.
    fn forget(&self, name: &str) -> Result<(), StorageFault>;

    /// Calls `hear` when another tab keeps something, until what it returns is called.
    fn listen(&self, hear: Rc<dyn Fn()>) -> Box<dyn FnOnce()>;
}

impl dyn Texts {
    /// Copies what is kept under `name`, which this version of the site cannot read, to where nothing
    /// is written over it; gives all that stands there.
    ///
    /// # Errors
    /// [`StorageFault::Full`] or [`StorageFault::Forbidden`], as the browser says.
    pub fn set_aside(&self, name: &str) -> Result<String, StorageFault> {
        let mut aside = self.aside()?;
        if let Some(text) = self.kept(name)? {
            let line = line(name, &text);
            if !aside.contains(&line) {
                aside += &line;
                self.keep(ASIDE, &aside)?;
            }
        }
        Ok(aside)
    }

    /// All that [`set_aside`](Self::set_aside) copied: lines of a name and its text.
    ///
    /// # Errors
    /// [`StorageFault::Forbidden`] if nothing can be kept.
    pub fn aside(&self) -> Result<String, StorageFault> {
        self.kept(ASIDE).map(Option::unwrap_or_default)
    }

    /// Forgets what was set aside, and where it came from what still cannot be read.
    ///
    /// # Errors
    /// [`StorageFault::Forbidden`] if nothing can be kept.
    pub fn forget_aside(&self) -> Result<(), StorageFault> {
        let aside = self.aside()?;
        for name in aside.lines().filter_map(|line| Some(line.split_once(": ")?.0)) {
            if self.kept(name)?.is_some_and(|text| aside.contains(&line(name, &text))) {
                self.forget(name)?;
            }
        }
        self.forget(ASIDE)
    }
}

fn line(name: &str, text: &str) -> String {
    format!("{name}: {text}\n")
}

/// Texts that last as long as the shell.
#[derive(Default)]
pub struct InMemory(RefCell<BTreeMap<String, String>>);

impl Texts for InMemory {
    fn keep(&self, name: &str, text: &str) -> Result<(), StorageFault> {
        self.0.borrow_mut().insert(name.to_owned(), text.to_owned());
        Ok(())
    }

    fn kept(&self, name: &str) -> Result<Option<String>, StorageFault> {
        Ok(self.0.borrow().get(name).cloned())
    }

    fn forget(&self, name: &str) -> Result<(), StorageFault> {
        self.0.borrow_mut().remove(name);
        Ok(())
    }

    /// Nobody else keeps anything there.
    fn listen(&self, _hear: Rc<dyn Fn()>) -> Box<dyn FnOnce()> {
        Box::new(|| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Rc<dyn Texts> {
        Rc::new(InMemory::default())
    }

    #[test]
    fn a_text_is_there_until_it_is_forgotten() {
        let texts = texts();
        assert_eq!(texts.kept("history"), Ok(None));
        texts.keep("history", "a").unwrap();
        texts.keep("history", "b").unwrap();
        assert_eq!(texts.kept("history"), Ok(Some("b".to_owned())));
        texts.forget("history").unwrap();
        assert_eq!(texts.kept("history"), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_once_each() {
        let texts = texts();
        assert_eq!(texts.set_aside("history"), Ok(String::new()));
        texts.keep("history", "?1").unwrap();
        texts.keep("head", "?2").unwrap();
        texts.set_aside("history").unwrap();
        texts.set_aside("head").unwrap();
        assert_eq!(texts.set_aside("history"), Ok("history: ?1\nhead: ?2\n".to_owned()));
        assert_eq!(texts.aside(), Ok("history: ?1\nhead: ?2\n".to_owned()));
    }

    #[test]
    fn forgetting_what_is_aside_spares_what_was_written_since() {
        let texts = texts();
        texts.keep("history", "?1").unwrap();
        texts.keep("head", "?2").unwrap();
        texts.set_aside("history").unwrap();
        texts.set_aside("head").unwrap();
        texts.keep("head", "new").unwrap();
        texts.forget_aside().unwrap();
        assert_eq!(texts.kept("history"), Ok(None));
        assert_eq!(texts.kept("head"), Ok(Some("new".to_owned())));
        assert_eq!(texts.aside(), Ok(String::new()));
    }
}
