//! Films as lists write them: "Title (Year)".

use super::{Catalogue, ItemRow};

impl Catalogue {
    /// The film that a list means by "Title (Year)" or "Title", the likeliest where several go by the name.
    ///
    /// A film goes by what [`Catalogue::films_called`] says. Where none is of the year, one of a
    /// [near year](likely_years) is meant.
    pub fn film_labelled(&self, label: &str) -> Option<ItemRow> {
        let (title, year) = title_and_year(label);
        let years: Vec<Option<u16>> = match year {
            Some(year) => likely_years(year).into_iter().map(Some).collect(),
            None => vec![None],
        };
        let first = |year| self.films_called(title, year).first().map(|it| it.item);
        years.into_iter().find_map(first)
    }
}

/// The years a film may be of that is listed under `year`, the likeliest first: lists differ by
/// one, since festivals come before cinemas.
pub(crate) fn likely_years(year: u16) -> [u16; 3] {
    [year, year.saturating_sub(1), year.saturating_add(1)]
}

fn title_and_year(label: &str) -> (&str, Option<u16>) {
    let label = label.trim();
    let parts = || {
        let (title, year) = label.strip_suffix(')')?.rsplit_once('(')?;
        let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
        is_year.then(|| Some((title.trim_end(), year.parse().ok()?)))?
    };
    parts().map_or((label, None), |(title, year)| (title, Some(year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::made_up;

    #[track_caller]
    fn check(label: &str, want: Option<u32>) {
        assert_eq!(made_up().film_labelled(label), want.map(ItemRow), "{label}");
    }

    #[test]
    fn a_film_is_found_by_title_and_year() {
        check("Alien (1979)", Some(0));
        check(" the alien(1979) ", Some(0));
        check("Alien", Some(0));
        check("Alien (1999)", None);
        check("(1979)", None);
        check("", None);
    }

    #[test]
    fn a_year_may_be_off_by_one() {
        check("Alien (1978)", Some(0));
        check("Alien (1980)", Some(0));
        check("Alien (1981)", None);
        assert_eq!(likely_years(0), [0, 0, 1]);
    }

    #[test]
    fn what_is_no_year_belongs_to_the_title() {
        assert_eq!(title_and_year("Brazil (a film)"), ("Brazil (a film)", None));
        assert_eq!(title_and_year("Brazil (19850)"), ("Brazil (19850)", None));
        assert_eq!(title_and_year("1984 (1984)"), ("1984", Some(1984)));
        assert_eq!(title_and_year("1984"), ("1984", None));
    }
}
