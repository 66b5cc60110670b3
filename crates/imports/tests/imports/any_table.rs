use glassrec_imports::{About, Answers, Choice, Letters, Scale, read_text, words};

use crate::stage::{import, import_as, import_sample, options, sample};

const FOUR: &[&str] = &[
    "Amelie (2001) ★4 seen 2024-02-13",
    "1917 (2019) ★4 seen 2024-02-14",
    "Face/Off (1997) seen 2024-02-15",
    "Me, Myself & Irene (2000) ★4.5 seen 2024-02-16",
];

fn four() -> String {
    String::from_utf8(sample("any/four.csv")).unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn windows(text: &str) -> Vec<u8> {
    text.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect()
}

#[test]
fn the_same_films_come_of_every_writing_of_the_file() {
    let text = four();
    let body = text.split_once('\n').unwrap().1.to_owned();
    let commas = "Title,Year,Rating,Date\nAmélie,2001,7.5,2024-02-13\n1917,2019,8,2024-02-14\nFace/Off,1997,0,2024-02-15\n\"Me, Myself & Irene\",2000,9,2024-02-16\n";
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("as it is", text.clone().into_bytes()),
        ("commas", commas.as_bytes().to_vec()),
        ("a mark and CRLF", format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()),
        ("UTF-16 and tabs", utf16(&text.replace(';', "\t"))),
        ("Windows-1252", windows(&text)),
        ("sep=;", format!("sep=;\r\n{text}").into_bytes()),
        ("old Mac", text.replace('\n', "\r").into_bytes()),
        ("German", format!("Titel;Jahr;Bewertung;Datum\n{body}").into_bytes()),
        ("French", format!("Titre;Année;Note;Date\n{body}").into_bytes()),
        ("no header", body.clone().into_bytes()),
        ("empty columns", text.replace('\n', ";;;\n").into_bytes()),
        ("empty rows", format!("{text};;;\n;;;\n\n").into_bytes()),
        ("NUL", text.replace("Face", "Fa\0ce").into_bytes()),
        ("spoilt letters", text.replace("Amélie", "AmÃ©lie").into_bytes()),
        ("other order", "Date|Rating|Year|Film\n2024-02-13|7,5|2001|Amélie\n2024-02-14|8|2019|1917\n2024-02-15|0|1997|Face/Off\n2024-02-16|9|2000|Me, Myself & Irene\n".into()),
        ("with everybody's", "Title;Average rating;Year;Rating;Date\nAmélie;1,1;2001;7,5;2024-02-13\n1917;1,2;2019;8;2024-02-14\nFace/Off;1,3;1997;0;2024-02-15\nMe, Myself & Irene;1,4;2000;9;2024-02-16\n".into()),
    ];
    for (name, bytes) in files {
        let done = import_as(name, bytes);
        assert_eq!(done.films(), FOUR, "{name}: {:?} {:?}", done.import.files, done.notes());
    }
}

#[test]
fn what_a_file_was_read_as_is_shown() {
    let done = import_as("four.csv", windows(&four()));
    let file = &done.import.files[0];
    assert_eq!(words::read_as(file), "table, 4 rows, Windows-1252, semicolons, ratings of 10");
    assert_eq!(file.letters, Letters::Windows1252);
    assert_eq!(file.preview[1], ["1917", "2019", "8", "2024-02-14"]);
}

#[test]
fn the_scale_can_be_corrected_and_a_zero_given_a_meaning() {
    let file = || vec![("f.csv".to_owned(), four().into_bytes())];
    let scale = About::Scale { file: "f.csv".to_owned() };
    let zero = About::Zero { file: "f.csv".to_owned() };
    let asked: Vec<About> =
        import(file(), &Answers::new()).questions().iter().map(|it| it.about.clone()).collect();
    assert_eq!(asked, [scale.clone(), zero.clone()]);
    let answers =
        Answers::from([(scale, Choice::Scale(Scale::Hundred)), (zero, Choice::ZeroIsLowest)]);
    import(file(), &answers).check(&[
        "Amelie (2001) ★0.5 seen 2024-02-13",
        "1917 (2019) ★0.5 seen 2024-02-14",
        "Face/Off (1997) ★0.5 seen 2024-02-15",
        "Me, Myself & Irene (2000) ★0.5 seen 2024-02-16",
    ]);
}

#[test]
fn traps_of_spreadsheets_cost_nothing_but_themselves() {
    let done = import_sample("any/traps.csv");
    done.check(&["1917 (2019) ★4 seen", "Face/Off (1997) seen"]);
    assert_eq!(
        done.notes(),
        [
            "traps.csv, row 4: “1917” is no date. The film counts without one.",
            "traps.csv, row 6: “11. Sep” is no date. The film counts without one.",
            "traps.csv, row 7: “2024-02-30” is no date. The film counts without one.",
        ]
    );
    let unmatched = done.unmatched();
    assert!(unmatched[1].starts_with("0300: "), "{unmatched:?}");
    assert!(unmatched[2].starts_with("=HYPERLINK(\"http://x\"): "), "{unmatched:?}");
}

#[test]
fn an_unbalanced_quote_is_named_by_its_row() {
    let text = "Title,Year\nHeat,1995\nFargo,1996\n\"Alien,1979\nJaws,1975\nCasino,1995\n";
    let done = import_as("x.csv", text);
    done.check(&[
        "Heat (1995) seen",
        "Fargo (1996) seen",
        "Jaws (1975) seen",
        "Casino (1995) seen",
    ]);
    assert_eq!(
        done.notes(),
        ["x.csv, row 4: the row has too many or too few fields. It is left out."]
    );
}

#[test]
fn thumbs_stars_fractions_and_percents_are_read() {
    import_sample("any/thumbs.csv").check(&[
        "Heat (1995) seen liked",
        "Alien (1979) seen disliked",
        "Casino (1995) ★3.5 seen",
        "Fargo (1996) ★4.5 seen",
        "Jaws (1975) ★4 seen",
    ]);
}

#[test]
fn a_film_a_line_is_enough() {
    let three = ["Men in Black (1997) seen", "Me, Myself & Irene (2000) seen", "1917 (2019) seen"];
    let done = import_sample("any/titles.txt");
    done.check(&three);
    assert_eq!(done.unmatched(), ["Film Nobody Knows: newer than most films here"]);
    assert_eq!(done.asked(), ["What are the films in titles.txt?"]);
    let header =
        import_as("x.csv", "Title\nMen in Black (1997)\nMe, Myself & Irene (2000)\n1917 (2019)\n");
    header.check(&three);
    import_as("x.txt", "Crouching Tiger, Hidden Dragon\nMe, Myself & Irene\n")
        .check(&["Crouching Tiger, Hidden Dragon (2000) seen", "Me, Myself & Irene (2000) seen"]);
    import_as("x.txt", "[REC] (2007)\n").check(&["[REC] (2007) seen"]);
    import_as("x.txt", "300\n1917\n").check(&["300 (2007) seen", "1917 (2019) seen"]);
}

#[test]
fn pasted_text_is_read_as_a_file_is() {
    let import = read_text("Heat (1995)\nFargo (1996)", &options(&Answers::new())).unwrap();
    assert_eq!(import.entries.len(), 2);
    assert_eq!(import.files[0].name, words::PASTED);
}

#[test]
fn a_status_tells_what_is_wanted() {
    import_as("x.csv", "Title,Year,Status\nHeat,1995,watchlist\nFargo,1996,completed\n")
        .check(&["Heat (1995) wanted", "Fargo (1996) seen"]);
}

#[test]
fn dates_that_mean_unknown_are_none() {
    import_as("x.csv", "Title,Year,Date\nHeat,1995,1970-01-01\nFargo,1996,2027-05-01\nJaws,1975,1900-01-01\nAlien,1979,2024-01-01\n")
        .check(&["Heat (1995) seen", "Fargo (1996) seen", "Jaws (1975) seen", "Alien (1979) seen 2024-01-01"]);
}

#[test]
fn five_thousand_films_of_one_day_are_no_sequence() {
    let rows: String = crate::stage::CATALOGUE
        .rows()
        .take(5_000)
        .map(|it| format!("tt{:07},2024-01-01\n", crate::stage::CATALOGUE.imdb_id(it).unwrap_or(1)))
        .collect();
    let done = import_as("x.csv", format!("imdbID,Date\n{rows}"));
    assert!(done.matched.films.len() > 4_900);
    assert!(done.matched.films.iter().all(|it| it.told.is_of_bulk_day));
    assert!(glassrec_imports::in_order(&done.matched.films).dated.is_empty());
}
