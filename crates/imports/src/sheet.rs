//! What every format needs of a table: its columns, its dates, questions, and where entries go.

use crate::columns::plain;
use crate::dates::{self, Date, Found, Order};
use crate::entry::{self, Entry, Place, Rating, Said, Scale};
use crate::import::{Import, Options};
use crate::note::{Note, What};
use crate::question::{About, Choice, Question};
use crate::table::{Row, Table};

/// All that was read so far.
pub(crate) struct Gathered {
    pub(crate) options: Options,
    pub(crate) import: Import,
}

impl Gathered {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, import: Import::default() }
    }

    pub(crate) fn tell(&mut self, file: &str, line: Option<u64>, what: What) {
        self.import.notes.push(Note { file: file.to_owned(), line, what });
    }

    /// Asks, each thing once, and gives what holds: the answer, or what holds without one.
    pub(crate) fn ask(&mut self, question: Question) -> Option<Choice> {
        let held = question.answer(&self.options.answers).cloned();
        let asked = self.import.questions.iter_mut().find(|it| it.about == question.about);
        match asked {
            // Another file may know of more people.
            Some(asked) => {
                let new = question.choices.into_iter().filter(|it| !asked.choices.contains(it));
                let new: Vec<Choice> = new.collect();
                asked.choices.extend(new);
                asked.answer(&self.options.answers).cloned()
            }
            None => {
                self.import.questions.push(question);
                held
            }
        }
    }
}

/// A table, and where what it says goes.
pub(crate) struct Sheet<'a> {
    pub(crate) name: &'a str,
    pub(crate) table: &'a Table,
    pub(crate) gathered: &'a mut Gathered,
    /// Its place in [`Import::files`].
    pub(crate) file: usize,
}

/// How the dates of a file are read.
#[derive(Clone, Copy)]
pub(crate) struct Dates {
    pub(crate) order: Option<Order>,
    today: Date,
}

impl Sheet<'_> {
    /// The column of that name, without regard to case, blanks and marks.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        self.table.header.iter().position(|it| plain(it) == name)
    }

    pub(crate) fn ask(&mut self, question: Question) -> Option<Choice> {
        self.gathered.ask(question)
    }

    pub(crate) fn tell(&mut self, line: u64, what: What) {
        self.gathered.tell(self.name, Some(line), what);
    }

    pub(crate) fn place(&self, row: &Row) -> Place {
        Place { file: self.file, line: row.line }
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.gathered.import.entries.push(entry);
    }

    /// Finds out how the dates in `columns` are written, and asks where that cannot be known.
    pub(crate) fn dates(&mut self, columns: &[Option<usize>]) -> Dates {
        let today = self.gathered.options.today;
        let rows = &self.table.rows;
        let texts = rows.iter().flat_map(|row| columns.iter().map(move |it| field(row, *it)));
        let order = match dates::order_of(texts.filter(|it| !it.is_empty()), today) {
            Found::Known(order) => order,
            Found::Mixed => {
                self.gathered.tell(self.name, None, What::MixedDates);
                None
            }
            Found::Undecided(examples) => {
                let about = About::DayOrMonth { file: self.name.to_owned() };
                let orders = [Order::DayFirst, Order::MonthFirst].map(Choice::Order);
                let asked = Question::new(about, orders.to_vec()).with_examples(examples);
                match self.ask(asked) {
                    Some(Choice::Order(order)) => Some(order),
                    _ => None,
                }
            }
        };
        self.gathered.import.files[self.file].order = order;
        Dates { order, today }
    }

    /// The date of a field, if it is one that can be true. One that is written and does not exist is
    /// told.
    pub(crate) fn date(&mut self, dates: Dates, row: &Row, column: Option<usize>) -> Option<Date> {
        let text = field(row, column);
        let date = dates::parse(text, dates.order);
        let is_absent = text.is_empty() || text.eq_ignore_ascii_case("unknown");
        // One that waits for an answer is no fault.
        let could_be = dates::parse(text, Some(Order::DayFirst))
            .or_else(|| dates::parse(text, Some(Order::MonthFirst)));
        if could_be.is_none() && !is_absent {
            self.tell(row.line, What::UnreadableDate(short(text)));
        }
        date.filter(|it| !dates::is_unknown(*it, dates.today))
    }

    /// What a column's ratings are numbers of is its format's to say; what a zero means can be asked.
    pub(crate) fn scaled(&mut self, scale: Scale, rating: Option<usize>) -> Ratings {
        self.gathered.import.files[self.file].scale = rating.map(|_| scale);
        let rows = self.table.rows.iter();
        let has_zero = rows.map(|row| field(row, rating)).any(|it| entry::said(it) == Said::Zero);
        let mut is_zero_lowest = false;
        if has_zero {
            let about = About::Zero { file: self.name.to_owned() };
            let choices = vec![Choice::ZeroIsUnrated, Choice::ZeroIsLowest];
            let asked = Question::new(about, choices).meanwhile(Choice::ZeroIsUnrated);
            is_zero_lowest = self.ask(asked) == Some(Choice::ZeroIsLowest);
        }
        Ratings { column: rating, scale, is_zero_lowest }
    }

    /// The stars and the thumb of a row.
    pub(crate) fn rating(&mut self, ratings: Ratings, row: &Row) -> (Option<Rating>, Option<bool>) {
        let text = field(row, ratings.column);
        let rating = match entry::said(text) {
            Said::Nothing => return (None, None),
            Said::Thumb(is_liked) => return (None, Some(is_liked)),
            Said::Zero => {
                return (ratings.is_zero_lowest.then(|| Rating::lowest(ratings.scale)), None);
            }
            Said::Number(value) => Rating::new(value, ratings.scale),
            Said::Of(value, scale) => Rating::new(value, scale),
            Said::Unreadable => None,
        };
        if rating.is_none() {
            self.tell(row.line, What::UnreadableRating(short(text)));
        }
        (rating, None)
    }
}

/// Where ratings stand, and how they are read.
#[derive(Clone, Copy)]
pub(crate) struct Ratings {
    column: Option<usize>,
    scale: Scale,
    is_zero_lowest: bool,
}

/// A field of a row; nothing where the row or the table has none there.
pub(crate) fn field(row: &Row, column: Option<usize>) -> &str {
    column.and_then(|it| row.fields.get(it)).map_or("", String::as_str)
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The number of `tt0114369`, alone or within an address, or without its letters.
pub(crate) fn imdb_id(text: &str) -> Option<u32> {
    let digits = match text.find("tt") {
        Some(at) => &text[at + 2..],
        None => text,
    };
    id(&digits[..digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len())])
}

/// A number that names something, which 0 does not.
pub(crate) fn id(text: &str) -> Option<u32> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let is_digits = whole.bytes().all(|it| it.is_ascii_digit());
    whole.parse().ok().filter(|it| is_digits && *it > 0)
}

/// "1999", "1999-10-15", "1999.0".
pub(crate) fn year(text: &str) -> Option<u16> {
    let digits = text.get(..4).filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
    let is_whole = !text[4..].starts_with(|it: char| it.is_ascii_digit());
    digits.parse().ok().filter(|it| is_whole && (1870..=2100).contains(it))
}
