use crate::stage::import_sample;

#[test]
fn tmdb_has_the_readers_rating_beside_everybodys() {
    let done = import_sample("others/tmdb.csv");
    done.check(&["Fight Club (1999) ★4.5 seen", "Pulp Fiction (1994) wanted"]);
    // 949 is Heat among films.
    assert_eq!(done.matched.series.len(), 2);
}

#[test]
fn simkl_is_read_in_both_writings() {
    let done = import_sample("others/simkl.csv");
    done.check(&[
        "Heat (1995) ★4.5 seen 2015-08-21",
        "Vertigo (1958) wanted",
        "Spirited Away (2001) ★5 seen",
    ]);
    import_sample("others/simkl_lower.csv")
        .check(&["Heat (1995) ★4.5 seen 2023-12-18", "Vertigo (1958) wanted"]);
}

#[test]
fn prime_has_names_and_days() {
    let done = import_sample("others/prime.csv");
    done.check(&["Heat (1995) seen 2024-03-04"]);
    assert_eq!(done.matched.series.len(), 1);
}
