"""The catalogue: titles, tags and texts, and the shipped file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import paths
from pipeline.data import (
    catalogue,
    facts,
    item_texts,
    omdb,
    other_names,
    people,
    prizes,
    readers,
    split,
    tags,
)


@pytest.mark.parametrize(
    ("raw", "name", "year", "also"),
    [
        ("Matrix, The (1999)", "The Matrix", 1999, ()),
        ("Seven (a.k.a. Se7en) (1995)", "Seven", 1995, ("Se7en",)),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            "The City of Lost Children",
            1995,
            ("La Cité des enfants perdus",),
        ),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009, ()),
        ("Star Maker, The (Uomo delle stelle, L') (1995)", "The Star Maker", 1995, None),
        ("Moonlight", "Moonlight", 0, ()),
        ("Dekalog (The Decalogue) (1989– )", "Dekalog", 1989, ("The Decalogue",)),
        ("2012 (2009)", "2012", 2009, ()),
        ("Monsters, Inc. (2001)", "Monsters, Inc.", 2001, ()),
    ],
)
def test_titles_are_said_as_people_say_them(
    raw: str, name: str, year: int, also: tuple[str, ...] | None
) -> None:
    title = facts.parse_title(raw)
    assert (title.name, title.year) == (name, year)
    if also is not None:
        assert title.also == also


def test_spellings_of_one_title_match() -> None:
    assert facts.match_key("Amélie & Co.") == facts.match_key("The Amelie and Co")
    assert facts.match_key("Alien") != facts.match_key("Aliens")


@pytest.mark.parametrize("tag", ["own", "imdb top 250", "seen more than once", "to see", "boring"])
def test_shelves_and_verdicts_are_no_tags(tag: str) -> None:
    assert not tags.says_something(tag)


@pytest.mark.parametrize("tag", ["time travel", "based on a book", "strong female lead", "slow"])
def test_what_a_film_is_like_is_a_tag(tag: str) -> None:
    assert tags.says_something(tag)


def test_a_made_up_catalogue_takes_each_fact_from_its_source(data_folder: Path) -> None:
    files = split.read_files(data_folder)
    built, films = catalogue.build_catalogue(files, facts.FactBook(data_folder), min_ratings=5)
    film = films[built.movie_id.index(10)]
    assert film.title.name == "The Made-up Film 10"
    assert film.sources["cast"] == "redial"
    assert film.cast == ("Bo Star10", "Cy Star10")
    assert films[built.movie_id.index(7)].sources["cast"] == "wikipedia"
    assert films[built.movie_id.index(7)].sources["directors"] == "hetrec"
    countries = {m: films[built.movie_id.index(m)] for m in (3, 6, 7)}
    assert [film.country for film in countries.values()] == ["Italy", "", "France"]
    assert [film.sources.get("country") for film in countries.values()] == ["omdb", None, "hetrec"]
    of = {m: films[built.movie_id.index(m)] for m in (7, 8, 9, 12, 25)}
    assert (of[7].known.minutes, of[7].form, of[25].form) == (37, "short", "film")
    assert (of[7].known.moods, of[25].known.languages) == (("funny",), ("German", "French"))
    assert (of[8].known, of[8].form) == (omdb.Known(), "film")
    assert (of[12].oscars.won, of[7].oscars.nominated) == (
        ("Best Picture",),
        ("Best Cinematography",),
    )
    assert (of[9].imdb_id, of[9].sources["imdb_id"]) == (1009, "links")
    text = item_texts.texts_of(built)[built.movie_id.index(10)]
    assert text.startswith("The Made-up Film 10 (1959). western. Directed by Ada Direct10. With Bo")


def test_a_film_nobody_knows_much_of_has_a_short_text() -> None:
    bare = catalogue.Catalogue(
        [5],
        ["Bare"],
        [0],
        [20],
        [],
        [],
        [[]],
        [],
        [[]],
        [[]],
        [],
        [[]],
        [],
        [-1],
        [0],
        [0],
        *([[]], [], [-1], [0]),
        *([0], [], [[]], [[]], [], [[]]),
        *([], [[]], [[]], [], []),
    )
    assert item_texts.texts_of(bare) == ["Bare."]


def test_other_titles_are_each_said_once_and_never_the_title_itself() -> None:
    title = facts.parse_title("Spirited Away (Sen to Chihiro no kamikakushi) (2001)")
    assert other_names.other_titles(title, "千と千尋の神隠し") == [
        "Sen to Chihiro no kamikakushi",
        "千と千尋の神隠し",
    ]
    title = facts.parse_title("Hate (Haine, La) (1995)")
    assert other_names.other_titles(title, "La haine") == ["La Haine"]
    assert other_names.other_titles(facts.parse_title("Heat (1995)"), "Heat") == []


@pytest.mark.parametrize(
    ("series", "films", "numbers"),
    [
        ("Rocky", [("Rocky", 1976, 90), ("Rocky II", 1979, 50), ("Rocky IV", 1985, 40)], [1, 2, 4]),
        ("Alien", [("Aliens", 1986, 90), ("Alien", 1979, 99), ("Alien³", 1992, 20)], [2, 1, 3]),
        (
            "Batman",
            [("Batman", 1966, 5), ("Batman", 1989, 90), ("Batman Returns", 1992, 30)],
            [0, 1, 2],
        ),
        ("Psycho", [("Psycho", 1960, 90), ("Psycho", 1998, 9), ("Last", 1999, 9)], [1, 0, 0]),
        (
            "The Matrix",
            [("The Matrix", 1999, 99), ("Animatrix", 2003, 9), ("Reloaded", 2003, 50)],
            [1, 3, 2],
        ),
        (
            "Star Wars",
            [("Star Wars: Episode IV - Hope", 1977, 99), ("Star Wars: Episode I - P", 1999, 60)],
            [4, 0],
        ),
        (
            "Toy Story",
            [("Toy Story", 1995, 999), ("Terror", 2013, 4), ("Four", 2019, 90)],
            [1, 0, 2],
        ),
    ],
)
def test_films_of_a_series_are_numbered_as_people_number_them(
    series: str, films: list[tuple[str, int, int]], numbers: list[int]
) -> None:
    entries = [(series, other_names.Entry(row, *film)) for row, film in enumerate(films)]
    assert other_names.series_of(entries) == {series: list(enumerate(numbers))}


def test_people_are_called_by_one_name_and_no_award_is_a_person() -> None:
    names = people.WholeNames(["Mikael Håfström"])
    assert (
        names.of("Mikael H\ufffdfstr\ufffdm")
        == names.of("Mikael H\ufffdfstrom")
        == "Mikael Håfström"
    )
    assert names.of("Brian DePalma") == "Brian De Palma"
    assert people.person("James Best [2]") == "James Best"
    for nobody in ("Best Supporting Actress", "Archive footage of", "Hip hop music"):
        assert people.person(nobody) == ""


def test_a_correction_names_a_film_of_the_catalogue_and_what_is_right() -> None:
    rows = readers.read_corrections()
    assert {field for _, _, field in rows} == {
        *("title", "also", "year", "directors", "cast", "country"),
        *("imdb_id", "minutes", "form"),
    }
    found = shipped()
    for (movie, title, field), right in rows.items():
        (row,) = found.rows_of([movie])
        people_in = {"directors": found.directors, "cast": found.cast}
        if field in people_in:
            assert [found.people[it] for it in people_in[field][row]] == [*filter(None, right)], (
                title
            )
        if field in ("year", "minutes", "imdb_id"):
            assert [str(getattr(found, field)[row])] == right, title
        if field == "form":
            assert (right, row in found.serials) == (["series"], True), title


def test_categories_of_prizes_have_one_name_each() -> None:
    assert prizes.category_today("Best Cinematography (Black and White)") == "Best Cinematography"
    assert prizes.category_today("Best Sound Editing") == "Best Sound"
    assert prizes.category_today("Best Picture") == "Best Picture"


# The shipped file


def shipped() -> catalogue.Catalogue:
    return catalogue.read_catalogue(paths.MODELS_DIR / "artifacts")


def test_the_shipped_catalogue_is_small_and_whole() -> None:
    names = (catalogue.FILE_NAME, catalogue.DETAILS_NAME)
    texts = [(paths.MODELS_DIR / "artifacts" / name).read_text("utf-8") for name in names]
    assert sum(map(catalogue.packed_bytes, texts)) <= catalogue.MAX_PACKED_BYTES
    found = shipped()
    assert list(found.to_json()) == texts
    assert min(found.n_ratings) >= split.MIN_RATINGS
    for names, column in (
        (found.genre_names, found.genres),
        (found.people, found.directors + found.cast),
        (found.tag_names, found.tags),
        (found.language_names, found.languages),
        (found.mood_names, found.moods),
        (found.prize_names, found.won + found.nominated),
        (found.country_names, found.countries),
        (found.series_names, [[series] for series in found.series if series >= 0]),
    ):
        assert {index for row in column for index in row} == set(range(len(names)))
    assert max(map(len, found.cast)) <= facts.MAX_CAST
    assert max(map(len, found.tags)) <= facts.MAX_TAGS


def test_well_known_films_have_their_facts() -> None:
    found = shipped()
    (row,) = found.rows_of([2571])
    text = item_texts.texts_of(found)[row]
    assert text.startswith(
        "The Matrix (1999). action, sci-fi, thriller. "
        "Directed by Lana Wachowski, Lilly Wachowski. With Keanu Reeves"
    )
    assert (found.imdb_id[row], found.tmdb_id[row]) == (133093, 603)
    row = found.movie_id.index(5618)
    assert found.other_titles[row] == ["Sen to Chihiro no kamikakushi", "千と千尋の神隠し"]
    row = found.movie_id.index(1200)
    assert (found.series_names[found.series[row]], found.part[row]) == ("Alien", 2)
    (row,) = found.rows_of([202439])
    assert [found.prize_names[it] for it in found.won[row]][:1] == ["Best Picture"]
    assert [found.people[it] for it in found.directors[row]] == ["Bong Joon Ho"]


def test_golden_texts_are_those_of_the_shipped_catalogue() -> None:
    found = shipped()
    path = paths.MODELS_DIR / "artifacts" / "golden" / "item_texts.json"
    golden = json.loads(path.read_text("utf-8"))
    assert len(golden) == 30
    texts = item_texts.texts_of(found)
    assert all(texts[case["row"]] == case["text"] for case in golden)


def test_a_catalogue_with_a_short_column_is_refused(tmp_path: Path) -> None:
    first, details = map(json.loads, shipped().to_json())
    (tmp_path / catalogue.DETAILS_NAME).write_text(json.dumps(details))
    first["year"].pop()
    (tmp_path / catalogue.FILE_NAME).write_text(json.dumps(first))
    with pytest.raises(catalogue.CatalogueError, match="year holds"):
        catalogue.read_catalogue(tmp_path)
    details["n_items"] -= 1
    (tmp_path / catalogue.DETAILS_NAME).write_text(json.dumps(details))
    with pytest.raises(catalogue.CatalogueError, match="different numbers"):
        catalogue.read_catalogue(tmp_path)
