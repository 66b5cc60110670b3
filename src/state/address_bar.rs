//! Where a shell's address lives: the browser's address bar, or memory for one that is a guest on a page.

use std::cell::RefCell;
use std::rc::Rc;

/// Called when the reader goes along the entries, or puts another address into the open page.
pub type Hear = Rc<dyn Fn()>;

/// A row of entries, one of them open; each is an address and a mark, as the browser's history keeps them.
pub trait AddressBar {
    /// The fragment of the open entry, with its `#`; empty without one.
    fn fragment(&self) -> String;

    /// The whole address of the open entry, to be copied; empty where there is none.
    fn href(&self) -> String;

    /// Calls the open entry `title`, where it is the shell's own.
    fn name(&self, title: &str);

    /// The mark of the open entry, if a shell made or marked it.
    fn mark(&self) -> Option<u32>;

    /// Writes `mark`, and `fragment` unless it stays, into the open entry, or into a new one behind it.
    fn write(&self, fragment: Option<&str>, mark: u32, is_new: bool);

    /// Opens the page afresh, where it is the shell's own.
    fn reload(&self);

    /// Goes back by an entry, where there is one.
    fn back(&self);

    /// Calls `hear` from now on, until what it returns is called.
    fn listen(&self, hear: Hear) -> Box<dyn FnOnce()>;
}

/// Entries in memory: several shells on one page leave its address alone.
#[derive(Default)]
pub struct InMemory {
    entries: RefCell<Entries>,
    heard_by: Rc<RefCell<Vec<Hear>>>,
}

struct Entries {
    // Never empty, and `open` is one of them.
    all: Vec<(String, Option<u32>)>,
    open: usize,
}

impl Default for Entries {
    fn default() -> Self {
        Self { all: vec![(String::new(), None)], open: 0 }
    }
}

impl InMemory {
    /// Opens at `fragment`, as if by a link.
    pub fn at(fragment: &str) -> Self {
        let entries = Entries { all: vec![(fragment.to_owned(), None)], open: 0 };
        Self { entries: RefCell::new(entries), heard_by: Rc::default() }
    }

    /// Opens `fragment` behind the open entry, as a link put into the open page does.
    pub fn follow(&self, fragment: &str) {
        self.entries.borrow_mut().push((fragment.to_owned(), None));
        self.tell();
    }

    fn tell(&self) {
        // A listener may write, or listen: nothing is borrowed meanwhile.
        let heard_by = self.heard_by.borrow().clone();
        heard_by.iter().for_each(|hear| hear());
    }
}

impl Entries {
    /// What was ahead of the open entry is gone.
    fn push(&mut self, entry: (String, Option<u32>)) {
        self.all.truncate(self.open + 1);
        self.all.push(entry);
        self.open += 1;
    }

    fn open(&self) -> (String, Option<u32>) {
        self.all[self.open].clone()
    }
}

impl AddressBar for InMemory {
    fn fragment(&self) -> String {
        self.entries.borrow().open().0
    }

    fn href(&self) -> String {
        self.fragment()
    }

    fn name(&self, _title: &str) {}

    fn mark(&self) -> Option<u32> {
        self.entries.borrow().open().1
    }

    fn write(&self, fragment: Option<&str>, mark: u32, is_new: bool) {
        let mut entries = self.entries.borrow_mut();
        let fragment = fragment.map_or_else(|| entries.open().0, str::to_owned);
        let entry = (fragment, Some(mark));
        if is_new {
            entries.push(entry);
        } else {
            let open = entries.open;
            entries.all[open] = entry;
        }
    }

    fn reload(&self) {}

    fn back(&self) {
        {
            let mut entries = self.entries.borrow_mut();
            if entries.open == 0 {
                return;
            }
            entries.open -= 1;
        }
        self.tell();
    }

    fn listen(&self, hear: Hear) -> Box<dyn FnOnce()> {
        self.heard_by.borrow_mut().push(hear.clone());
        let heard_by = self.heard_by.clone();
        Box::new(move || heard_by.borrow_mut().retain(|it| !Rc::ptr_eq(it, &hear)))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn an_entry_is_replaced_or_followed_by_a_new_one() {
        let bar = InMemory::at("#a");
        assert_eq!((bar.fragment(), bar.mark()), ("#a".to_owned(), None));
        bar.write(None, 4, false);
        assert_eq!((bar.fragment(), bar.mark()), ("#a".to_owned(), Some(4)));
        bar.write(Some("#b"), 0, true);
        bar.write(Some("#c"), 1, false);
        bar.back();
        assert_eq!((bar.fragment(), bar.mark()), ("#a".to_owned(), Some(4)));
        bar.back();
        assert_eq!(bar.fragment(), "#a", "before the first there is none");
    }

    #[test]
    fn who_listens_hears_steps_and_links_and_not_what_is_written() {
        let bar = InMemory::default();
        let n_heard = Rc::new(Cell::new(0));
        let counted = n_heard.clone();
        let stop = bar.listen(Rc::new(move || counted.set(counted.get() + 1)));
        bar.write(Some("#a"), 0, true);
        assert_eq!(n_heard.get(), 0);
        bar.back();
        bar.follow("#b");
        assert_eq!((n_heard.get(), bar.fragment().as_str(), bar.mark()), (2, "#b", None));
        stop();
        bar.back();
        assert_eq!(n_heard.get(), 2);
    }
}
