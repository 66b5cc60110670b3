//! Finding films by title, director or cast, with a slip per word forgiven.

use super::ItemRow;
use super::columns::Columns;

/// Where a film matched what the reader typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedField {
    Title,
    Director,
    Cast,
}

/// A film that matched, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleMatch {
    pub item: ItemRow,
    pub field: MatchedField,
    /// The matched title or name as the catalogue writes it.
    pub text: String,
}

/// Words of all titles and names, prepared once.
#[derive(Debug)]
pub(super) struct Index {}

impl Index {
    pub(super) fn new(_columns: &Columns) -> Self {
        Self {}
    }

    pub(super) fn find(&self, columns: &Columns, query: &str, top: usize) -> Vec<TitleMatch> {
        let query = query.to_lowercase();
        let mut found: Vec<TitleMatch> = columns
            .title
            .iter()
            .zip((0..).map(ItemRow))
            .filter(|(title, _)| title.to_lowercase().contains(&query))
            .map(|(title, item)| TitleMatch {
                item,
                field: MatchedField::Title,
                text: title.clone(),
            })
            .collect();
        found.sort_by_key(|it| std::cmp::Reverse(columns.n_ratings[it.item.index()]));
        found.truncate(top);
        found
    }
}
