use crate::catalog::{Catalogue, ItemRow};
use crate::families::mult_vae::{
    Dimension, Ends, N_ACROSS, Plane, Region, Shift, Shown, nearest_place, point,
};
use crate::features::inspect::mult_vae::view::View;
use crate::features::inspect::mult_vae::{figure, words};
use crate::features::inspect::registry::InspectView;
use crate::features::inspect::tests::{TITLES, inside};
use crate::stage::{assert_says, assert_silent, catalogue, scored};
use crate::ui::figure::laid;
use crate::ui::figure::shape::{Shape, markup};

/// The left of the plane is Solaris', the right of it from 1.125 on Fargo's.
fn shown() -> Shown {
    let dimension = |number, mean, deviation, bits| Dimension { number, mean, deviation, bits };
    let ends = |dimension, low: &[u32], high: &[u32]| Ends {
        dimension,
        low: low.iter().map(|&it| ItemRow(it)).collect(),
        high: high.iter().map(|&it| ItemRow(it)).collect(),
    };
    let list = |at: usize| if point(at).0 < 1.125 { [3, 4, 2] } else { [2, 3, 0] };
    let region = |row, (from, to): (f32, f32), middle| Region {
        item: ItemRow(row),
        n_places: 0,
        parts: vec![vec![(from, -3.0), (to, -3.0), (to, 3.0), (from, 3.0)]],
        middle,
        room: ((to - from) / 2.0, 3.0),
    };
    Shown {
        shift: Shift::default(),
        dimensions: vec![dimension(6, 0.98, 0.12, 2.0), dimension(0, -0.5, 0.9, 0.05)],
        ends: vec![ends(6, &[0, 1], &[3, 4]), ends(0, &[2], &[1])],
        before: vec![ItemRow(3), ItemRow(4), ItemRow(2)],
        list: vec![scored(3, 2.5), scored(4, 1.25), scored(2, 0.5)],
        plane: Plane {
            right: 6,
            up: 0,
            lists: (0..N_ACROSS * N_ACROSS).map(|at| list(at).map(ItemRow).to_vec()).collect(),
            regions: vec![
                region(3, (-3.0, 1.125), (-1.0, 0.0)),
                region(2, (1.125, 3.0), (2.0, 0.0)),
            ],
            borders: vec![[(1.125, -3.0), (1.125, 3.0)]],
        },
    }
}

#[test]
fn the_reader_is_a_cloud_among_films_that_come_first() {
    let seen = inside("mult_vae", "", &shown());
    assert_says(
        &seen.words,
        &[
            "Mult-VAE · latent space Where the model places you, Solaris comes first; 1.1 standard deviations away, Fargo would",
            "first for you 1 Solaris 2 Amelie 3 Fargo",
            "The 2 most informative of 2 dimensions, with the films at their ends",
            "→ Alien, Heat Solaris, Amelie ↑ Fargo Heat",
            "Each area is where that film comes first. Drag the cloud, or use the arrow keys.",
            "The model ran at 625 places of it; borders between them are interpolated.",
            "1 of 2 dimensions hold at least 0.1 bits about you (the divergence from the prior), 2 bits in all.",
        ],
    );
    assert_silent(&seen.words, &["As it was", "moved"]);
    assert_says(&seen.html, &["role=\"slider\"", "aria-valuetext=\"your own place\""]);
    assert_eq!(seen.row("directions", 0), r#"[7,0.98,0.12,2.0,"Alien | Heat","Solaris | Amelie"]"#);
    assert_eq!(seen.row("the list from there", 1), r#"[2,5,"Amelie",1979,1.25]"#);
    assert_eq!(seen.row("first on the plane", 17), r#"[1.25,-3.0,3,"Fargo",1979]"#);
}

#[test]
fn a_cloud_moved_by_a_link_has_the_list_there_and_a_way_back() {
    let seen =
        inside("mult_vae", "&p=z0:-0.5,6:1.5", &Shown { shift: Shift::default(), ..shown() });
    assert_says(
        &seen.words,
        &[
            "As it was",
            "Moved by 1.6 standard deviations, Fargo comes first, not Solaris; 1 of the first 3 are new",
            "first here 1 Fargo ▲2 2 Solaris ▼1 3 Alien new",
            "Moved: 1.50 right, 0.50 down.",
        ],
    );
    assert_says(&seen.html, &["aria-valuenow=\"1.5\""]);
}

#[test]
fn until_the_lists_of_a_link_are_here_what_was_asked_is_shown() {
    let films = catalogue(&TITLES);
    let other = Shift::default().with(99, 1.0);
    let drawn = figure::draw(&shown(), &other, &films, 640.0).unwrap();
    assert_says(&drawn.claim, &["Where the model places you"]);
    // What was asked is between two places: its list is there all the same.
    let shift = Shift::default().with(6, 1.3);
    let asked = Shown { shift: shift.clone(), list: vec![scored(4, 1.0)], ..shown() };
    let drawn = figure::draw(&asked, &shift, &films, 640.0).unwrap();
    assert_eq!(
        drawn.claim,
        "Moved by 1.3 standard deviations, Amelie comes first, not Solaris; 1 of the first 1 are new"
    );
}

#[test]
fn claims_say_what_is_drawn_in_few_words() {
    assert_eq!(
        words::at_home("Heat", None),
        "Where the model places you, Heat comes first, as everywhere on this plane"
    );
    assert!(words::at_home("Heat", Some(("Alien", 0.001))).contains("less than 0.01 standard"));
    assert!(words::at_home("Heat", Some(("Alien", 0.998))).contains("1 standard deviation away"));
    assert_eq!(words::place((0.0, 0.25)), "0.25 up");
}

fn find<'a>(shapes: &'a [Shape], key: &str) -> &'a Shape {
    fn within<'a>(shapes: &'a [Shape], key: &str) -> Option<&'a Shape> {
        shapes.iter().find_map(|it| {
            if it.key.as_deref() == Some(key) { Some(it) } else { within(&it.inside, key) }
        })
    }
    within(shapes, key).unwrap_or_else(|| panic!("no {key}"))
}

fn attribute<'a>(shape: &'a Shape, name: &str) -> &'a str {
    &shape.attributes.iter().find(|it| it.0 == name).unwrap().1
}

#[test]
fn places_are_where_they_are_drawn_and_a_pointer_there_leads_to_them() {
    let films = catalogue(&TITLES);
    let shift = Shift::default().with(6, 1.5).with(0, -0.5);
    for (width, side) in [(320.0, 320.0), (600.0, 372.0), (960.0, 520.0)] {
        let drawn = figure::draw(&shown(), &shift, &films, width).unwrap();
        let shapes = &drawn.picture.shapes;
        let unit: f64 = side / 6.0;
        let (x, y): (f64, f64) = (4.5 * unit, 3.5 * unit);
        let there = attribute(find(shapes, "cloud"), "transform");
        assert_eq!(
            there,
            format!("translate({} {})", (x * 10.0).round() / 10.0, (y * 10.0_f64).round() / 10.0)
        );
        let back = nearest_place(figure::point_of(x + 3.0, y - 3.0, width));
        assert_eq!(back, (1.5, -0.5));
        // The border at 1.125 is 4.125 deviations from the left.
        let border = format!("M{} {side}L", (4.125 * unit * 10.0).round() / 10.0);
        let borders = attribute(find(shapes, "borders"), "d");
        assert!(borders.starts_with(&border), "{width}: {borders} for {border}");
        // A deviation of 0.12 on the one axis, 0.9 on the other.
        let one = &find(shapes, "cloud").inside[2];
        assert_eq!(attribute(one, "rx").parse::<f64>().unwrap(), (1.2 * unit).round() / 10.0);
        assert_eq!(attribute(one, "ry").parse::<f64>().unwrap(), (9.0 * unit).round() / 10.0);
        // A bell stands over its mean: where the reader was moved to, 2.48 of 4.
        assert!(attribute(find(shapes, "bell"), "d").contains("-21L"), "{width}");
    }
}

/// Twelve regions in stripes, ten films in each list, and six dimensions.
fn many() -> (Shown, std::sync::Arc<Catalogue>) {
    let titles = [
        "The Shawshank Redemption",
        "Eternal Sunshine of the Spotless Mind",
        "Heat",
        "One Flew Over the Cuckoo's Nest",
    ];
    let films = catalogue(&titles.repeat(6));
    let region = |at: u32| {
        let (x, y) = ((at % 3) as f32 * 2.0 - 3.0, (at / 3) as f32 * 1.5 - 3.0);
        Region {
            item: ItemRow(at),
            n_places: 50,
            parts: vec![vec![(x, y), (x + 2.0, y), (x + 2.0, y + 1.5), (x, y + 1.5)]],
            middle: (x + 1.0, y + 0.75),
            room: (1.0, 0.75),
        }
    };
    let at = |place: usize| {
        let (x, y) = point(place);
        let (column, row) = (((x + 3.0) / 2.0).min(2.0) as u32, ((y + 3.0) / 1.5).min(3.0) as u32);
        row * 3 + column
    };
    let list = |first: u32| (0..10).map(|it| ItemRow((first + it) % 24)).collect::<Vec<_>>();
    let of = |number: u32| Dimension {
        number,
        mean: 0.9 - 0.4 * number as f32,
        deviation: 0.12,
        bits: 2.5,
    };
    let ends = |number: u32| Ends {
        dimension: number,
        low: vec![ItemRow(number), ItemRow(number + 1)],
        high: vec![ItemRow(number + 2), ItemRow(number + 3)],
    };
    let shown = Shown {
        shift: Shift::default(),
        dimensions: (0..128).map(of).collect(),
        ends: (0..6).map(ends).collect(),
        before: list(7),
        list: vec![],
        plane: Plane {
            right: 1,
            up: 4,
            lists: (0..N_ACROSS * N_ACROSS).map(|it| list(at(it))).collect(),
            regions: (0..12).map(region).collect(),
            borders: vec![],
        },
    };
    (shown, films)
}

#[test]
fn it_is_legible_at_every_width_wherever_the_cloud_is() {
    let (shown, films) = many();
    for width in [280.0, 320.0, 420.0, 539.0, 540.0, 640.0, 800.0, 960.0] {
        for (x, y) in [(0.0, 0.0), (0.25, 0.0), (3.0, 3.0), (-3.0, -3.0), (3.0, -3.0), (1.0, -1.5)]
        {
            let shift = shown.shift_to((x, y));
            let drawn = figure::draw(&shown, &shift, &films, width).unwrap();
            laid::check(&drawn.picture, width);
            let n_words = drawn.claim.split(' ').count() + drawn.say.split(' ').count();
            assert!(n_words <= 44, "{n_words}: {} {}", drawn.claim, drawn.say);
            assert!(
                width < 540.0 || drawn.picture.height <= width + 30.0,
                "{}",
                drawn.picture.height
            );
            assert_eq!(drawn.table.rows.len(), 16);
        }
    }
    let markup =
        markup(&figure::draw(&shown, &Shift::default(), &films, 640.0).unwrap().picture.shapes);
    assert_eq!(markup.matches("class=\"region\"").count(), 12);
    let nothing = Shown { before: vec![], plane: Plane::default(), ..shown };
    assert_eq!(figure::draw(&nothing, &Shift::default(), &films, 640.0), None);
}

#[test]
fn places_of_the_plane_are_asked_for_once() {
    let holds = |probe| <View as InspectView>::holds(&shown(), probe);
    for probe in ["", "z6:1.5", "z0:-3,6:0.25", "n7"] {
        assert!(holds(probe), "{probe}");
    }
    for probe in ["z6:1.3", "z99:1", "z6:1,99:1"] {
        assert!(!holds(probe), "{probe}");
    }
}
