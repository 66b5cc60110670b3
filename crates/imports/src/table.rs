//! Text to rows and columns: which sign stands between fields, where rows begin, which are broken.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::columns;

/// A file as rows. Fields have no blanks around them.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The names of the columns, as they stand.
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
    /// Lines that begin a row which cannot be read.
    pub(crate) broken: Vec<u64>,
    /// "," ";" "\t" "|" "::", or nothing where each line is one text.
    pub(crate) between: &'static str,
    pub(crate) is_respelt: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Of the file, from 1.
    pub(crate) line: u64,
    pub(crate) fields: Vec<String>,
}

/// Quoted text longer than this is a quote that was never closed.
const LONGEST_ROW: usize = 1 << 20;
/// A row of more fields than this is no row.
const MOST_FIELDS: usize = 400;
const SAMPLE_BYTES: usize = 256 << 10;
const TRIED: [&str; 4] = [",", ";", "\t", "|"];

impl Table {
    /// Reads `text`, of which `skipped` lines came before. `step` is told the bytes read so far, and
    /// may stop it: then `None`.
    pub(crate) fn read(
        text: &str,
        skipped: u64,
        step: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Option<Self> {
        let (said, text, n_said) = said_delimiter(text);
        let between = said.unwrap_or_else(|| delimiter_of(text));
        let replaced;
        let text = match between {
            "::" => {
                replaced = text.replace("::", "\t");
                replaced.as_str()
            }
            _ => text,
        };
        let mut table = Self { between, ..Self::default() };
        table.read_rows(text, skipped + n_said, step)?;
        table.take_header();
        Some(table)
    }

    fn read_rows(
        &mut self,
        text: &str,
        skipped: u64,
        step: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Option<()> {
        if self.between.is_empty() {
            for (line, text) in (skipped + 1..).zip(text.lines()) {
                self.push(Row { line, fields: vec![text.to_owned()] });
            }
            return Some(());
        }
        let sign = sign_of(self.between);
        let (mut at, mut line) = (0, skipped + 1);
        let mut n_fields = None;
        while at < text.len() {
            let mut reader = reader_of(&text.as_bytes()[at..], sign);
            let mut record = csv::ByteRecord::new();
            let mut n_read = 0_usize;
            let resume = loop {
                // Reading from memory: all that could fail are rows of unequal length, which are allowed.
                if !reader.read_byte_record(&mut record).unwrap_or(false) {
                    break None;
                }
                let start = record.position().map_or(0, |it| it.byte() as usize);
                let end = reader.position().byte() as usize;
                let raw = &text[at + start..(at + end).min(text.len())];
                // Empty lines, and the half of a line's end that the row before left over.
                let start = start + raw.len() - raw.trim_start_matches(['\r', '\n']).len();
                let raw = &text[at + start..(at + end).min(text.len())];
                let row_line = line + lines_in(&text[at + n_read..at + start]);
                line = row_line + lines_in(raw);
                n_read = end;
                let is_long = raw.trim_end().contains('\n');
                let is_odd = n_fields.is_some_and(|it| it != record.len());
                let is_broken = is_long && (is_odd || !is_well_quoted(raw, sign))
                    || raw.len() > LONGEST_ROW
                    || record.len() > MOST_FIELDS;
                if is_broken {
                    self.broken.push(row_line);
                    let rest = raw.find('\n').map_or(raw.len(), |it| it + 1);
                    break Some((at + start + rest, row_line + 1));
                }
                n_fields = n_fields.or(Some(record.len()));
                let fields = record.iter().map(|it| String::from_utf8_lossy(it).into_owned());
                self.push(Row { line: row_line, fields: fields.collect() });
                if self.rows.len().is_multiple_of(4_096) && step(at + end).is_break() {
                    return None;
                }
            };
            let Some(next) = resume else { break };
            (at, line) = next;
        }
        Some(())
    }

    /// Keeps a row, unless nothing is in it.
    fn push(&mut self, mut row: Row) {
        for field in &mut row.fields {
            let whole = unwrapped(field.trim());
            let whole = if let Some(respelt) = crate::text::respelt(&whole) {
                self.is_respelt = true;
                respelt
            } else {
                whole
            };
            *field = whole;
        }
        if row.fields.iter().any(|it| !it.is_empty()) {
            self.rows.push(row);
        }
    }

    /// The first row, if it names columns.
    fn take_header(&mut self) {
        let is_header = self.rows.first().is_some_and(|it| columns::is_header(&it.fields));
        if is_header {
            self.header = self.rows.remove(0).fields;
            while self.header.last().is_some_and(String::is_empty) {
                self.header.pop();
            }
        }
        // Empty columns at the end are a spreadsheet's.
        let n_columns = self.n_columns();
        for row in &mut self.rows {
            while row.fields.len() > n_columns && row.fields.last().is_some_and(String::is_empty) {
                row.fields.pop();
            }
        }
    }

    pub(crate) fn n_columns(&self) -> usize {
        if !self.header.is_empty() {
            return self.header.len();
        }
        let last_told =
            |row: &Row| row.fields.iter().rposition(|it| !it.is_empty()).map_or(0, |it| it + 1);
        self.rows.iter().map(last_told).max().unwrap_or(0)
    }

    /// Takes out the rows that have another number of fields than the header has names: their lines
    /// are broken.
    pub(crate) fn refuse_uneven(&mut self) {
        let n_columns = self.header.len();
        let (even, uneven): (Vec<Row>, Vec<Row>) =
            std::mem::take(&mut self.rows).into_iter().partition(|it| it.fields.len() == n_columns);
        self.rows = even;
        self.broken.extend(uneven.iter().map(|it| it.line));
        self.broken.sort_unstable();
    }
}

fn reader_of(bytes: &[u8], sign: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(bytes)
}

fn sign_of(between: &str) -> u8 {
    if between == "::" { b'\t' } else { between.bytes().next().unwrap_or(b',') }
}

fn lines_in(text: &str) -> u64 {
    text.bytes().filter(|it| *it == b'\n').count() as u64
}

/// "sep=;" as spreadsheets write it before the header.
fn said_delimiter(text: &str) -> (Option<&'static str>, &str, u64) {
    let Some(rest) = text.strip_prefix("sep=").or_else(|| text.strip_prefix("\"sep=")) else {
        return (None, text, 0);
    };
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let said = TRIED.into_iter().find(|it| line.trim_end_matches(['\r', '"']).starts_with(it));
    (said, rest, 1)
}

/// The sign that cuts the lines into rows of one length, most of all one that makes known names of
/// the first. Nothing if none does.
fn delimiter_of(text: &str) -> &'static str {
    let most = text.floor_char_boundary(SAMPLE_BYTES);
    let sample = &text[..most];
    let lines = || sample.lines().filter(|it| !it.trim().is_empty()).take(200);
    if lines().next().is_some() && lines().all(|it| it.split("::").count() > 2) {
        return "::";
    }
    let mut best = ("", 0.0);
    for between in TRIED {
        let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
        let mut n_known = 0;
        let mut record = csv::ByteRecord::new();
        let mut reader = reader_of(sample.as_bytes(), sign_of(between));
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            if lengths.is_empty() {
                let names = record.iter().map(String::from_utf8_lossy);
                n_known = names.filter(|it| columns::is_known(it)).count();
            }
            *lengths.entry(record.len()).or_default() += 1;
        }
        let n_rows: usize = lengths.values().sum();
        let Some((&length, &n_such)) = lengths.iter().max_by_key(|it| *it.1) else { continue };
        let share = n_such as f32 / n_rows as f32;
        let is_table = length > 1 && share > 0.7;
        let of_header = if n_known > 1 { n_known as f32 * 10.0 } else { 0.0 };
        let of_rows = if is_table { share + length.min(9) as f32 / 10.0 } else { 0.0 };
        if of_header + of_rows > best.1 {
            best = (between, of_header + of_rows);
        }
    }
    // "Crouching Tiger, Hidden Dragon" is a title; "Heat, 1995" is two fields.
    let is_prose = |it: &str| {
        let mut after = it.split(',').skip(1);
        after.all(|it| it.starts_with(' ') && !it.trim().bytes().all(|it| it.is_ascii_digit()))
    };
    let is_titles =
        || lines().all(|it| it.trim_end().ends_with(')') || best.0 == "," && is_prose(it));
    if best.1 < 10.0 && is_titles() { "" } else { best.0 }
}

/// Whether each quote that opens at the beginning of a field closes at its end.
fn is_well_quoted(raw: &str, sign: u8) -> bool {
    let bytes = raw.trim_end_matches(['\r', '\n']).as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'"' {
            at =
                bytes[at..].iter().position(|it| *it == sign).map_or(bytes.len(), |it| at + it + 1);
            continue;
        }
        at += 1;
        loop {
            match bytes[at..].iter().position(|it| *it == b'"') {
                None => return false,
                Some(n) if bytes.get(at + n + 1) == Some(&b'"') => at += n + 2,
                Some(n) => {
                    at += n + 1;
                    break;
                }
            }
        }
        match bytes.get(at) {
            None => {}
            Some(it) if *it == sign => at += 1,
            Some(_) => return false,
        }
    }
    true
}

/// What a field says: `="0300"` is "0300", and what we defused as we wrote it is as it was.
fn unwrapped(field: &str) -> String {
    if let Some(text) = field.strip_prefix("=\"").and_then(|it| it.strip_suffix('"')) {
        return text.to_owned();
    }
    crate::formula::as_it_was(field).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Table {
        Table::read(text, 0, &mut |_| ControlFlow::Continue(())).unwrap()
    }

    /// Rows as "line: a|b", then the broken lines.
    #[track_caller]
    fn check(text: &str, between: &str, want: &[&str], broken: &[u64]) {
        let table = read(text);
        let rows = table.rows.iter().map(|it| format!("{}: {}", it.line, it.fields.join("|")));
        assert_eq!(rows.collect::<Vec<_>>(), want);
        assert_eq!((table.between, table.broken.as_slice()), (between, broken));
    }

    #[test]
    fn the_sign_between_fields_is_found() {
        check("Title,Year\nHeat,1995\n", ",", &["2: Heat|1995"], &[]);
        check(
            "Titel;Jahr;Bewertung\nHeat;1995;4,5\nAlien;1979;4,5\n",
            ";",
            &["2: Heat|1995|4,5", "3: Alien|1979|4,5"],
            &[],
        );
        check("sep=;\r\nTitel;Jahr\r\nHeat;1995\r\n", ";", &["3: Heat|1995"], &[]);
        check("Title\tYear\nHeat\t1995\n", "\t", &["2: Heat|1995"], &[]);
        check(
            "1::122::5::838985046\n1::185::4::838983525\n",
            "::",
            &["1: 1|122|5|838985046", "2: 1|185|4|838983525"],
            &[],
        );
        check(
            "Me, Myself & Irene (2000)\nMen in Black (1997)\n",
            "",
            &["1: Me, Myself & Irene (2000)", "2: Men in Black (1997)"],
            &[],
        );
        check("", "", &[], &[]);
    }

    #[test]
    fn rows_are_named_by_the_line_they_begin_on() {
        check("Title,Review\nHeat,\"a\nb\"\n\nAlien,\n", ",", &["2: Heat|a\nb", "5: Alien|"], &[]);
        check(
            "Title,Review\r\nHeat,\"a\r\nb\"\r\nAlien,\r\n",
            ",",
            &["2: Heat|a\r\nb", "4: Alien|"],
            &[],
        );
    }

    #[test]
    fn a_quote_that_never_closes_costs_its_own_row() {
        let text = "Title,Year\nHeat,1995\n\"Alien,1979\nSeven,1995\n\"It, the\",2017\nBig,1988\n";
        check(
            text,
            ",",
            &["2: Heat|1995", "4: Seven|1995", "5: It, the|2017", "6: Big|1988"],
            &[3],
        );
    }

    #[test]
    fn empty_columns_and_rows_at_the_end_are_not_there() {
        check("Title;Year;;\nHeat;1995;;\n;;;\n", ";", &["2: Heat|1995"], &[]);
    }

    #[test]
    fn wrapped_fields_say_what_is_in_them() {
        check("Title,Year\n\"=\"\"0300\"\"\",2006\n", ",", &["2: 0300|2006"], &[]);
        check("Title,Year\nAmÃ©lie,2001\n", ",", &["2: Amélie|2001"], &[]);
    }

    #[test]
    fn rows_of_another_length_than_the_header_are_refused() {
        let mut table = read("Title,Year\nHeat,1995\nAlien,1979,x\nBig\n");
        table.refuse_uneven();
        assert_eq!((table.rows.len(), table.broken), (1, vec![3, 4]));
    }
}
