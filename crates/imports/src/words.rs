//! Every sentence that a person reads of imports.

use crate::dates::Order;
use crate::entry::Scale;
use crate::films::Site;
use crate::format::{Format, Part};
use crate::import::ReadAs;
use crate::matching::Why;
use crate::note::{Note, What};
use crate::question::{About, Choice, Question};
use crate::text::Letters;

/// What pasted text is called where files have names.
pub const PASTED: &str = "pasted text";

/// What a note says, with its file and row: "ratings.csv, row 12: …".
pub fn note(note: &Note) -> String {
    let file = &note.file;
    let place = note.line.map_or_else(|| file.clone(), |line| format!("{file}, row {line}"));
    format!("{place}: {}", what(&note.what))
}

fn what(what: &What) -> String {
    let megabytes = |bytes: u64| bytes >> 20;
    let text = match what {
        What::Junk => "a file of the system. It is ignored.",
        What::Deleted => "what you deleted. It is ignored.",
        What::NotRead => "holds no films you saw. It was not read.",
        What::List => {
            "a list does not say whether you saw its films. To use it, choose this file by itself."
        }
        What::NoReader => "holds films and nobody's ratings. It is not needed.",
        What::ExportErrors(n) => {
            return format!("Trakt says that {n} of your entries did not make it into the export.");
        }
        What::Empty => "the file is empty.",
        What::WebPage => {
            "a web page and no export. Was it saved while you were signed out? Download it again."
        }
        What::Spreadsheet => "a spreadsheet. Save it as CSV and choose that file.",
        What::Unknown => {
            "no column holds films. A table needs a column called Title, or an IMDb or TMDB id."
        }
        What::Unreadable => {
            "it cannot be read as text. Choose the file as the site gave it to you."
        }
        What::Encrypted => "it has a password. Unpack it and choose what is in it.",
        What::CutOff => "the file is not whole. Download it again.",
        What::TooLarge { most_bytes } => {
            return format!("too large. One file may have {} MB.", megabytes(*most_bytes));
        }
        What::TooManyFiles { most } => {
            return format!("more than {most} files. Choose those of your export.");
        }
        What::Bomb => "unpacked it would be many times its size. It was not opened further.",
        What::TooDeep => "packed inside packed files. Unpack it and choose what is in it.",
        What::UnsafeName => "its name leads out of the zip. It was not opened.",
        What::ManyPeople { more_than } => {
            return format!(
                "ratings of more than {more_than} people. Choose a file with your own ratings."
            );
        }
        What::OwnNumbers => {
            "MovieLens 100K numbers its films in its own way. A newer data set can be read."
        }
        What::BrokenRow => "the row has too many or too few fields. It is left out.",
        What::NoFilm => "the row names no film. It is left out.",
        What::UnreadableRating(text) => {
            return format!("\u{201c}{text}\u{201d} is no rating. The film counts without one.");
        }
        What::UnreadableDate(text) => {
            return format!("\u{201c}{text}\u{201d} is no date. The film counts without one.");
        }
        What::MixedDates => {
            "dates of two kinds. Those that could be read both ways are left out; the films count."
        }
        What::Respelt => {
            "some letters were spoilt, as in \u{201c}AmÃ©lie\u{201d}. They were put right."
        }
        What::NulBytes => "empty bytes between the letters were left out.",
        What::NotTheFilm(n) => return format!("{n} trailers and previews were left out."),
        What::NewerVersion => "written by a newer version of this site. Reload the page.",
    };
    text.to_owned()
}

/// Why a film is not among yours.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Newer => "newer than most films here",
        Why::OtherYear => "a film of this name is here, but of another year",
        Why::UnknownTitle => "no film here is called so; it may be its title in another country",
        Why::NotHere => "not among the films here",
        Why::Series => "a series, an episode or a game",
        Why::LeftOut => "you left it out",
    }
}

/// What is asked.
pub fn question(question: &Question) -> String {
    match &question.about {
        About::Whose { file } => format!("{file} holds films of several people. Which are you?"),
        About::DayOrMonth { file } => {
            let example = question.examples.first().map_or("01/02/2024", String::as_str);
            format!("In {file}, which comes first in {example}?")
        }
        About::SeenOrWanted { file } => format!("What are the films in {file}?"),
        About::Scale { file } => format!("How many points can a film have in {file}?"),
        About::Zero { file } => format!("What does a 0 mean in {file}?"),
        About::ShortViewings { file } => {
            format!("{file} has films that ran for a few minutes. Did you see them?")
        }
        About::Film { title, year, .. } => match year {
            Some(year) => format!("Which film is {title} ({year})?"),
            None => format!("Which film is {title}?"),
        },
    }
}

/// What an answer says; a film has its title, which the catalogue knows.
pub fn choice(choice: &Choice) -> String {
    let text = match choice {
        Choice::Person(name) if name.is_empty() => "no name",
        Choice::Person(name) => name,
        Choice::Order(it) => order(*it),
        Choice::Seen => "I have seen them",
        Choice::Wanted => "I want to see them",
        Choice::Liked => "I like them",
        Choice::Scale(it) => scale(*it),
        Choice::ZeroIsUnrated => "not rated",
        Choice::ZeroIsLowest => "the lowest rating",
        Choice::Count => "yes",
        Choice::LeaveOut => "none of these",
        Choice::Film(item) => return format!("film {}", item.0),
    };
    text.to_owned()
}

pub fn order(order: Order) -> &'static str {
    match order {
        Order::DayFirst => "the day",
        Order::MonthFirst => "the month",
    }
}

pub fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Five => "5",
        Scale::Ten => "10",
        Scale::Hundred => "100",
    }
}

/// What a file was read as: "Letterboxd diary, 240 rows, UTF-8, commas, ratings of 5".
pub fn read_as(file: &ReadAs) -> String {
    let mut text =
        format!("{}, {} rows, {}", format(file.format), file.n_rows, letters(file.letters));
    let between = match file.between.as_str() {
        "," => ", commas",
        ";" => ", semicolons",
        "\t" => ", tabs",
        "|" => ", bars",
        "::" => ", colons",
        _ => "",
    };
    text.push_str(between);
    if let Some(it) = file.scale {
        text += &format!(", ratings of {}", scale(it));
    }
    if let Some(it) = file.order {
        text += &format!(", {} first in dates", order(it).trim_start_matches("the "));
    }
    text
}

pub fn format(format: Format) -> &'static str {
    match format {
        Format::Letterboxd(Part::Watched) => "Letterboxd, films watched",
        Format::Letterboxd(Part::Ratings) => "Letterboxd ratings",
        Format::Letterboxd(Part::Diary) => "Letterboxd diary",
        Format::Letterboxd(Part::Reviews) => "Letterboxd reviews",
        Format::Letterboxd(Part::WatchList) => "Letterboxd watchlist",
        Format::Letterboxd(Part::Likes) => "Letterboxd likes",
        Format::Letterboxd(Part::List) => "Letterboxd list",
        Format::Letterboxd(Part::Unsure) => "Letterboxd films",
        Format::LetterboxdImport => "Letterboxd\u{2019}s form for imports",
        Format::Imdb => "IMDb",
        Format::NetflixHistory => "Netflix viewing history",
        Format::NetflixActivity => "Netflix viewing activity",
        Format::NetflixRatings => "Netflix ratings",
        Format::TraktJson | Format::TraktCsv => "Trakt",
        Format::MovieLensSet => "MovieLens data set",
        Format::MovieLensSite => "MovieLens ratings",
        Format::Tmdb => "TMDB",
        Format::Simkl => "Simkl",
        Format::Prime => "Prime Video",
        Format::Columns => "table",
        Format::Titles => "list of titles",
        Format::Glassrec => "Glassrec",
    }
}

pub fn site(site: Site) -> &'static str {
    match site {
        Site::Letterboxd => "Letterboxd",
        Site::Converter => "a converter to Letterboxd",
        Site::Imdb => "IMDb",
        Site::Netflix => "Netflix",
        Site::Trakt => "Trakt",
        Site::MovieLens => "MovieLens",
        Site::Tmdb => "TMDB",
        Site::Simkl => "Simkl",
        Site::Prime => "Prime Video",
        Site::Own => "your own file",
    }
}

fn letters(letters: Letters) -> &'static str {
    match letters {
        Letters::Utf8 => "UTF-8",
        Letters::Utf16 => "UTF-16",
        Letters::Windows1252 => "Windows-1252",
    }
}
