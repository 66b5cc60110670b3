//! Numbers as tables, for who takes them along.

use serde::Serialize;

use crate::catalog::{Catalogue, ItemRow};
use crate::figures;
use crate::recommend::Recommendation;

/// By which a row says which film it is of.
pub const FILM_COLUMN: &str = "movie_id";

/// Rows of cells under names. A row may lack the last of its cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// A number, a text, or nothing. Numbers stay as they are: the shortest digits that give them again are written.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    Int(u64),
    Real(f32),
    Text(String),
    Nothing(()),
}

impl Cell {
    /// As a reader sees it: whole numbers as they are, others with enough digits to tell them apart.
    pub fn written(&self) -> String {
        match self {
            Self::Int(value) => value.to_string(),
            Self::Real(value) => figures::plain(*value, figures::digits_of(*value)),
            Self::Text(text) => text.clone(),
            Self::Nothing(()) => String::new(),
        }
    }
}

impl Table {
    /// Without a row yet. Columns come in the order in which rows first name them.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), columns: Vec::new(), rows: Vec::new() }
    }

    /// A ranked list, best first.
    pub fn ranked(name: impl Into<String>, catalogue: &Catalogue, list: &[Recommendation]) -> Self {
        let mut table = Self::new(name);
        for (at, film) in list.iter().enumerate() {
            table.row().ranked_film(catalogue, at, film);
        }
        table
    }

    /// A history, oldest first.
    pub fn picks(name: impl Into<String>, catalogue: &Catalogue, picks: &[ItemRow]) -> Self {
        let mut table = Self::new(name);
        for (at, pick) in picks.iter().enumerate() {
            table.row().int("pick", at + 1).film(catalogue, *pick);
        }
        table
    }

    /// Begins a row; what follows are its cells.
    pub fn row(&mut self) -> &mut Self {
        self.rows.push(Vec::new());
        self
    }

    fn cell(&mut self, column: &str, cell: Cell) -> &mut Self {
        let known = self.columns.iter().position(|it| it == column);
        let at = known.unwrap_or_else(|| {
            self.columns.push(column.to_owned());
            self.columns.len() - 1
        });
        if let Some(row) = self.rows.last_mut() {
            if row.len() <= at {
                row.resize(at + 1, Cell::Nothing(()));
            }
            row[at] = cell;
        }
        self
    }

    /// MovieLens id, title and year.
    pub fn film(&mut self, catalogue: &Catalogue, item: ItemRow) -> &mut Self {
        let number = |it: Option<u32>| it.map_or(Cell::Nothing(()), |it| Cell::Int(it.into()));
        self.cell(FILM_COLUMN, number(catalogue.movie_id(item)))
            .text("title", catalogue.title(item))
            .cell("year", number(catalogue.year(item).map(u32::from)))
    }

    /// The film at position `at` of a ranked list.
    pub fn ranked_film(
        &mut self,
        catalogue: &Catalogue,
        at: usize,
        film: &Recommendation,
    ) -> &mut Self {
        self.int("rank", at + 1).film(catalogue, film.item).real("score", film.score)
    }

    pub fn int(&mut self, column: &str, value: usize) -> &mut Self {
        self.cell(column, Cell::Int(value as u64))
    }

    /// Written with the digits that 32 bits have, and not at all where it is no number.
    pub fn real(&mut self, column: &str, value: f32) -> &mut Self {
        self.cell(column, Cell::Real(value))
    }

    pub fn text(&mut self, column: &str, value: impl Into<String>) -> &mut Self {
        self.cell(column, Cell::Text(value.into()))
    }

    /// An empty cell where there is no value.
    pub fn int_if(&mut self, column: &str, value: Option<usize>) -> &mut Self {
        self.cell(column, value.map_or(Cell::Nothing(()), |it| Cell::Int(it as u64)))
    }

    /// As [`Self::int_if`].
    pub fn real_if(&mut self, column: &str, value: Option<f32>) -> &mut Self {
        self.cell(column, value.map_or(Cell::Nothing(()), Cell::Real))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_in_the_order_of_their_first_cell() {
        let mut table = Table::new("t");
        table.row().int("a", 1).text("b", "x");
        table.row().text("b", "y").real("c", 0.1).int_if("d", None);
        assert_eq!(
            serde_json::to_string(&table).unwrap(),
            r#"{"name":"t","columns":["a","b","c","d"],"rows":[[1,"x"],[null,"y",0.1,null]]}"#
        );
    }

    #[test]
    fn numbers_have_the_digits_of_32_bits() {
        let written = |value: f32| serde_json::to_string(&Cell::Real(value)).unwrap();
        assert_eq!(written(0.1), "0.1");
        assert_eq!(written(-12.345_678), "-12.345678");
        assert_eq!(written(1e-12), "1e-12");
        assert_eq!(written(f32::NAN), "null");
    }
}
