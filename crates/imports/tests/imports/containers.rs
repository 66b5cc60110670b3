use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use glassrec_imports::{Answers, Cancelled, MOST_BYTES, Reading, What, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::stage::{import, import_as, options, sample, zipped};

const HEAT: &[u8] = b"Title,Year\nHeat,1995\n";
const WANT: &[&str] = &["Heat (1995) seen"];

fn heat(name: &str) -> (String, Vec<u8>) {
    (name.to_owned(), HEAT.to_vec())
}

/// What is told of the only file, which fails.
#[track_caller]
fn check_fails(bytes: Vec<u8>, want: &What) {
    let done = import_as("ratings.csv", bytes);
    let told: Vec<&What> = done.import.notes.iter().map(|it| &it.what).collect();
    assert_eq!((told, done.films()), (vec![want], Vec::new()));
}

/// The zip with the bytes at `at` after each `mark` changed by `change`.
fn patched(mut zip: Vec<u8>, mark: &[u8], at: usize, change: impl Fn(&mut u8)) -> Vec<u8> {
    let places: Vec<usize> = (0..zip.len()).filter(|it| zip[*it..].starts_with(mark)).collect();
    places.into_iter().for_each(|it| change(&mut zip[it + at]));
    zip
}

#[test]
fn what_a_mac_adds_is_named_and_ignored() {
    let files = [
        heat("export/heat.csv"),
        ("__MACOSX/._heat.csv".to_owned(), vec![0, 5, 22, 7]),
        ("export/.DS_Store".to_owned(), vec![0, 0, 0, 1]),
    ];
    let done = import_as("export.zip", zipped(&files, false));
    done.check(WANT);
    assert_eq!(done.import.notes.iter().filter(|it| it.what == What::Junk).count(), 2);
    import(files.to_vec(), &Answers::new()).check(WANT);
}

#[test]
fn a_zip_is_known_by_its_bytes_and_may_hold_zips() {
    let inner = zipped(&[heat("heat.csv")], true);
    import_as("renamed.csv", inner.clone()).check(WANT);
    import_as("x", zipped(&[("inner.zip".to_owned(), inner.clone())], false)).check(WANT);
    let mut deep = inner;
    for _ in 0..4 {
        deep = zipped(&[("inner.zip".to_owned(), deep)], false);
    }
    check_fails_within(deep, &What::TooDeep);
}

#[track_caller]
fn check_fails_within(bytes: Vec<u8>, want: &What) {
    let done = import_as("x.zip", bytes);
    assert!(done.import.notes.iter().any(|it| it.what == *want), "{:?}", done.notes());
    assert!(done.films().is_empty());
}

#[test]
fn a_packed_file_is_unpacked() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(HEAT).unwrap();
    import_as("heat.csv.gz", encoder.finish().unwrap()).check(WANT);
}

#[test]
fn zips_of_every_writer_are_read() {
    // Sizes that stand behind the data.
    let mut stream = ZipWriter::new_stream(Vec::new());
    stream.start_file("heat.csv", SimpleFileOptions::default()).unwrap();
    stream.write_all(HEAT).unwrap();
    import_as("a.zip", stream.finish().unwrap().into_inner()).check(WANT);
    let mut large = ZipWriter::new(Cursor::new(Vec::new()));
    large.start_file("heat.csv", SimpleFileOptions::default().large_file(true)).unwrap();
    large.write_all(HEAT).unwrap();
    import_as("a.zip", large.finish().unwrap().into_inner()).check(WANT);
    // A name in the letters of DOS.
    let dos = patched(zipped(&[heat("h?at.csv")], false), b"h?at", 1, |it| *it = 0x82);
    let done = import_as("a.zip", dos);
    done.check(WANT);
    assert_eq!(done.import.files[0].name, "a.zip/héat.csv");
}

#[test]
fn names_that_lead_out_and_names_that_are_twice_do_no_harm() {
    let done = import_as("a.zip", zipped(&[heat("../../x.csv"), heat("heat.csv")], false));
    done.check(WANT);
    assert!(done.import.notes.iter().any(|it| it.what == What::UnsafeName));
    let twice = patched(zipped(&[heat("heat1.csv"), heat("heat2.csv")], false), b"heat", 4, |it| {
        *it = b'1'
    });
    import_as("a.zip", twice).check(WANT);
}

#[test]
fn what_cannot_be_opened_is_told() {
    let zip = zipped(&[heat("heat.csv"), ("four.csv".to_owned(), sample("any/four.csv"))], false);
    check_fails(zip[..zip.len() - 100].to_vec(), &What::CutOff);
    let local = patched(zipped(&[heat("heat.csv")], false), b"PK\x03\x04", 6, |it| *it |= 1);
    check_fails(patched(local, b"PK\x01\x02", 8, |it| *it |= 1), &What::Encrypted);
    check_fails(Vec::new(), &What::Empty);
    check_fails(b"\xef\xbb\xbf  \r\n".to_vec(), &What::Empty);
    check_fails(sample("any/login.html"), &What::WebPage);
    check_fails(b"\x89PNG\r\n\x1a\n0000".to_vec(), &What::Unreadable);
    check_fails(b"%PDF-1.7 ...".to_vec(), &What::Unreadable);
    check_fails(zipped(&[heat("xl/workbook.xml")], false), &What::Spreadsheet);
    check_fails(b"[{\"a\": 1".to_vec(), &What::CutOff);
    check_fails(b"Colour,Size\nred,5\nblue,6\n".to_vec(), &What::Unknown);
}

#[test]
fn bombs_stop_early() {
    let zeros = vec![b'0'; 12 << 20];
    check_fails_within(zipped(&[("a.csv".to_owned(), zeros)], false), &What::Bomb);
    let mut large = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    large.start_file("a.csv", stored).unwrap();
    large.write_all(&vec![b'0'; MOST_BYTES as usize + 1]).unwrap();
    let large = large.finish().unwrap().into_inner();
    check_fails_within(large, &What::TooLarge { most_bytes: MOST_BYTES });
    let many: Vec<(String, Vec<u8>)> =
        (0..10_000).map(|it| (format!("{it}.csv"), Vec::new())).collect();
    check_fails_within(zipped(&many, true), &What::TooManyFiles { most: 5_000 });
}

#[test]
fn a_file_that_fails_leaves_the_others() {
    let files = vec![heat("a.csv"), ("b.csv".to_owned(), sample("any/login.html"))];
    import(files, &Answers::new()).check(WANT);
}

#[test]
fn one_step_reads_no_more_than_one_file() {
    let packed = zipped(&[heat("a.csv"), heat("b.csv")], false);
    let mut reading =
        Reading::new([("c.zip".to_owned(), packed), heat("d.csv")], &options(&Answers::new()));
    let mut n_steps = 0;
    while reading.step(&mut |_| ControlFlow::Continue(())).unwrap() {
        n_steps += 1;
    }
    // Two are opened, three are read, two are done.
    assert_eq!(n_steps, 7);
    assert_eq!(reading.finish().files.len(), 3);
}

#[test]
fn reading_can_be_cancelled_at_every_step() {
    let rows = "Heat,1995\n".repeat(20_000);
    let files =
        || vec![heat("a.csv"), ("b.csv".to_owned(), format!("Title,Year\n{rows}").into_bytes())];
    let mut seen = Vec::new();
    let whole = read(files(), &options(&Answers::new()), &mut |it| {
        seen.push(it.read_bytes);
        ControlFlow::Continue(())
    });
    assert!(whole.is_ok());
    assert!(seen.len() > 5 && seen.is_sorted(), "{seen:?}");
    assert_eq!(seen.last().copied(), Some(files().iter().map(|it| it.1.len() as u64).sum()));
    for stop in 0..seen.len() {
        let mut n = 0;
        let cancelled = read(files(), &options(&Answers::new()), &mut |_| {
            n += 1;
            if n > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(cancelled.err(), Some(Cancelled), "after {stop}");
    }
}
