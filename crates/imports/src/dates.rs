//! Dates as files write them: days, never instants, so that no time zone can move one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    // Invariant: the day exists.
    year: u16,
    month: u8,
    day: u8,
}

/// Which number comes first where a file writes three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// What a whole column tells of its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Every date can be read so; `None` where no date needs an order.
    Known(Option<Order>),
    /// Some can only be read one way and some only the other: a spreadsheet had the file.
    Mixed,
    /// Two dates that may be read either way.
    Undecided([String; 2]),
}

impl Date {
    /// The day, if there is one: no 30 February, no year before 1800.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_leap =
            year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let n_days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => 0,
        };
        let is_day = (1800..=9999).contains(&year) && (1..=n_days).contains(&day);
        is_day.then_some(Self { year, month, day })
    }

    pub fn year(self) -> u16 {
        self.year
    }

    /// How many days lie between two days.
    pub(crate) fn days_from(self, other: Self) -> u32 {
        self.number().abs_diff(other.number())
    }

    /// Days from the first of March of the year 0.
    fn number(self) -> u32 {
        let (year, month) = (u32::from(self.year), u32::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        year * 365 + year / 4 - year / 100
            + year / 400
            + (153 * month + 2) / 5
            + u32::from(self.day)
    }

    /// The day in Greenwich at `seconds` after the beginning of 1970.
    ///
    /// `time` and `chrono` have this and a hundred kilobytes of what is not needed.
    pub(crate) fn of_seconds(seconds: i64) -> Option<Self> {
        // Howard Hinnant's civil_from_days.
        let days = seconds.div_euclid(86_400) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// The day that `text` begins with, of which no more than one reading is possible: ISO, a day
    /// with dots, a month by its name.
    pub fn parse(text: &str) -> Option<Self> {
        parse(text, None)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Date {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no such day")
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

/// What stands for "unknown" in files: the first day of computers' clocks and of spreadsheets', and
/// days that have not come.
pub(crate) fn is_unknown(date: Date, today: Date) -> bool {
    (date.year, date.month, date.day) == (1970, 1, 1) || date.year <= 1900 || date > today
}

/// Reads a date; one that can be read both ways by `order`, and not at all where that is unknown.
/// What follows the day (a time of day, a time zone) is not read: the day is as it was written.
pub(crate) fn parse(text: &str, order: Option<Order>) -> Option<Date> {
    match numbers_of(text)? {
        Numbers::Sure(date) => date,
        Numbers::Three(first, second, year) => {
            let day_first = Date::new(year, second, first);
            let month_first = Date::new(year, first, second);
            match order {
                Some(Order::DayFirst) => day_first,
                Some(Order::MonthFirst) => month_first,
                None if first == second || month_first.is_none() => day_first,
                None if day_first.is_none() => month_first,
                None => None,
            }
        }
    }
}

/// Finds the order of day and month from all of a column. A file that is in order of time tells it
/// as well as a 13th does, and no date lies after `today`.
pub(crate) fn order_of<'a>(texts: impl Iterator<Item = &'a str>, today: Date) -> Found {
    let three: Vec<(&str, Option<Date>, Option<Date>)> = texts
        .filter_map(|text| match numbers_of(text)? {
            Numbers::Three(first, second, year) => {
                let is_past = |it: &Date| *it <= today;
                let day_first = Date::new(year, second, first).filter(is_past);
                let month_first = Date::new(year, first, second).filter(is_past);
                (day_first.is_some() || month_first.is_some()).then_some((
                    text,
                    day_first,
                    month_first,
                ))
            }
            Numbers::Sure(_) => None,
        })
        .collect();
    if three.is_empty() {
        return Found::Known(None);
    }
    let can_be_day_first = three.iter().all(|it| it.1.is_some());
    let can_be_month_first = three.iter().all(|it| it.2.is_some());
    match (can_be_day_first, can_be_month_first) {
        (true, false) => return Found::Known(Some(Order::DayFirst)),
        (false, true) => return Found::Known(Some(Order::MonthFirst)),
        (false, false) => return Found::Mixed,
        (true, true) => {}
    }
    let is_sorted = |dates: Vec<Option<Date>>| {
        dates.is_sorted() || dates.is_sorted_by(|one, other| one >= other)
    };
    let is_day_sorted = is_sorted(three.iter().map(|it| it.1).collect());
    let is_month_sorted = is_sorted(three.iter().map(|it| it.2).collect());
    // Three dates may be in order by chance.
    if three.len() > 3 && is_day_sorted != is_month_sorted {
        let order = if is_day_sorted { Order::DayFirst } else { Order::MonthFirst };
        return Found::Known(Some(order));
    }
    let mut unsure = three.iter().filter(|it| it.1 != it.2).map(|it| it.0.to_owned());
    let Some(first) = unsure.next() else { return Found::Known(Some(Order::DayFirst)) };
    let second = unsure.find(|it| *it != first).unwrap_or_else(|| first.clone());
    Found::Undecided([first, second])
}

enum Numbers {
    Sure(Option<Date>),
    /// Day and month in either order, and the year.
    Three(u8, u8, u16),
}

fn numbers_of(text: &str) -> Option<Numbers> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let is_digits = |it: &&str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let [first, second, third] = parts[..] else { return with_month_name(text) };
    if !parts.iter().all(is_digits) {
        return with_month_name(text);
    }
    if first.len() == 4 {
        let date = || Date::new(first.parse().ok()?, second.parse().ok()?, third.parse().ok()?);
        return Some(Numbers::Sure(date()));
    }
    let year: u16 = match third.len() {
        // "70" is of the last century, "25" of this one.
        2 => third.parse().map(|it: u16| if it < 50 { 2000 + it } else { 1900 + it }).ok()?,
        4 => third.parse().ok()?,
        _ => return None,
    };
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    // With dots it is the day that comes first, wherever dots are used.
    Some(match day.contains('.') {
        true => Numbers::Sure(Date::new(year, second, first)),
        false => Numbers::Three(first, second, year),
    })
}

/// "Sat Dec 31 00:00:00 2016", "31 December 2016", "Dec 31, 2016".
fn with_month_name(text: &str) -> Option<Numbers> {
    let words: Vec<&str> =
        text.split(|it: char| it.is_whitespace() || matches!(it, ',' | '.' | '-')).collect();
    let month = words.iter().find_map(|it| month_named(it))?;
    let number = |it: &&str| it.parse::<u16>().ok();
    let year = words.iter().filter_map(number).find(|it| *it >= 1800)?;
    let day = words.iter().filter_map(number).find(|it| (1..=31).contains(it))?;
    Some(Numbers::Sure(Date::new(year, month, u8::try_from(day).ok()?)))
}

fn month_named(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let short: String = word.chars().take(3).collect();
    Some(match short.as_str() {
        _ if word.chars().count() < 3 => return None,
        "jan" => 1,
        "feb" | "fév" | "fev" => 2,
        "mar" | "mär" => 3,
        "apr" | "avr" | "abr" => 4,
        "may" | "mai" => 5,
        "jun" => 6,
        "jul" => 7,
        "aug" | "aoû" | "ago" => 8,
        "sep" | "set" => 9,
        "oct" | "okt" | "out" => 10,
        "nov" => 11,
        "dec" | "dez" | "déc" | "dic" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Option<Order> = Some(Order::DayFirst);
    const MONTH: Option<Order> = Some(Order::MonthFirst);

    #[track_caller]
    fn check(text: &str, order: Option<Order>, want: &str) {
        let got = parse(text, order).map(|it| it.to_string());
        assert_eq!(got.unwrap_or_default(), want, "{text}");
    }

    #[test]
    fn a_day_is_read_as_it_was_written() {
        check("2024-02-02", None, "2024-02-02");
        check("2026-08-21T00:30:00.000Z", None, "2026-08-21");
        check("2026-08-21T23:30:00-11:00", None, "2026-08-21");
        check("24.01.23", None, "2023-01-24");
        check("Sat Dec 31 00:00:00 2016", None, "2016-12-31");
        check("18-12-2023 21:50:41", None, "2023-12-18");
        check("8/21/2015", None, "2015-08-21");
        check("4/5/25", DAY, "2025-05-04");
        check("4/5/25", MONTH, "2025-04-05");
        check("4/5/25", None, "");
    }

    #[test]
    fn a_day_that_does_not_exist_is_none() {
        for text in
            ["2024-02-30", "1917", "11. Sep", "", "soon", "2023-02-29", "0/0/2020", "99/99/99"]
        {
            check(text, DAY, "");
        }
        check("2024-02-29", None, "2024-02-29");
    }

    #[test]
    fn the_clock_and_the_future_are_unknown() {
        let date = |text| Date::parse(text).unwrap();
        let today = date("2026-12-01");
        for text in ["1970-01-01", "1900-01-01", "2027-01-01"] {
            assert!(is_unknown(date(text), today), "{text}");
        }
        assert!(!is_unknown(date("1970-01-02"), today));
    }

    #[test]
    fn seconds_become_the_day_in_greenwich() {
        let day = |it| Date::of_seconds(it).map(|it| it.to_string()).unwrap_or_default();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_700_000_000), "2023-11-14");
        assert_eq!(day(-1), "1969-12-31");
        assert_eq!(day(i64::MAX / 2), "");
    }

    #[track_caller]
    fn check_order(texts: &[&str], want: &Found) {
        let today = Date::parse("2025-06-30").unwrap();
        assert_eq!(order_of(texts.iter().copied(), today), *want);
    }

    #[test]
    fn the_order_is_found_from_the_whole_column() {
        check_order(&["01/02/2024", "13/02/2024"], &Found::Known(DAY));
        check_order(&["1/2/24", "4/21/25"], &Found::Known(MONTH));
        check_order(&["2024-01-01", "24.01.23"], &Found::Known(None));
        check_order(&["13/02/2024", "02/13/2024"], &Found::Mixed);
        let two = ["01/02/2024".to_owned(), "03/04/2024".to_owned()];
        check_order(&["01/02/2024", "03/04/2024"], &Found::Undecided(two));
        // Newest first, and so only if the day comes first.
        check_order(&["09/03/2024", "08/03/2024", "10/01/2024", "01/01/2024"], &Found::Known(DAY));
        // The fifth of December 2025 has not come.
        check_order(&["12/08/2024", "08/12/2024", "12/05/2025", "05/12/2024"], &Found::Known(DAY));
        check_order(&["05/12/2025", "01/02/2024"], &Found::Known(MONTH));
        check_order(&["05/05/2024"], &Found::Known(DAY));
    }
}
