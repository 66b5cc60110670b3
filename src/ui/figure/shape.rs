//! What a picture is made of: SVG elements as data, so that a figure can be drawn, compared, tested and saved anywhere.

use std::fmt::{Display, Write};

/// An SVG element. Its key tells it from its neighbours: one that stays keeps its element, so that changes can glide and
/// the focus stays where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub tag: &'static str,
    pub key: Option<String>,
    /// Each name at most once.
    pub attributes: Vec<(&'static str, String)>,
    pub text: Option<String>,
    pub inside: Vec<Shape>,
}

impl Shape {
    pub fn new(tag: &'static str) -> Self {
        Self { tag, key: None, attributes: Vec::new(), text: None, inside: Vec::new() }
    }

    pub fn path(d: impl Into<String>) -> Self {
        Self::new("path").with("d", d.into())
    }

    /// A straight line.
    pub fn line(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self::path(format!("M{} {}L{} {}", n1(x0), n1(y0), n1(x1), n1(y1)))
    }

    pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self::new("rect")
            .with("x", n1(x))
            .with("y", n1(y))
            .with("width", n1(width.max(0.0)))
            .with("height", n1(height.max(0.0)))
    }

    pub fn circle(x: f64, y: f64, radius: f64) -> Self {
        Self::new("circle").with("cx", n1(x)).with("cy", n1(y)).with("r", n1(radius))
    }

    /// Words whose baseline is at `y`. They begin at `x`; the classes "e" and "c" end and centre them there.
    pub fn text(x: f64, y: f64, words: impl Into<String>) -> Self {
        let at = Self::new("text").with("transform", moved(x, y));
        Self { text: Some(words.into()), ..at }
    }

    /// Several as one.
    pub fn group(inside: Vec<Self>) -> Self {
        Self { inside, ..Self::new("g") }
    }

    pub fn key(self, key: impl Display) -> Self {
        Self { key: Some(key.to_string()), ..self }
    }

    pub fn class(self, class: impl Into<String>) -> Self {
        self.with("class", class.into())
    }

    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Moved to a place.
    pub fn at(self, x: f64, y: f64) -> Self {
        self.with("transform", moved(x, y))
    }

    /// An area over what is drawn that is acted on, by pointer and by key: the figure hears `what`. Nothing is inside it,
    /// so `name` alone says to a screen reader what it is.
    pub fn button(x: f64, y: f64, width: f64, height: f64, what: impl Display, name: &str) -> Self {
        Self::rect(x, y, width, height)
            .class("hit")
            .with("rx", 6)
            .with("data-act", what)
            .with("tabindex", 0)
            .with("role", "button")
            .with("aria-label", name)
    }

    /// A [`Self::button`] of something that is on or off.
    pub fn is_on(mut self, is_on: bool) -> Self {
        self.attributes.retain(|it| it.0 != "role");
        self.with("role", "switch").with("aria-checked", is_on)
    }

    fn write(&self, out: &mut String) {
        let _ = write!(out, "<{}", self.tag);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", Escaped(value));
        }
        out.push('>');
        if let Some(text) = &self.text {
            let _ = write!(out, "{}", Escaped(text));
        }
        self.inside.iter().for_each(|it| it.write(out));
        let _ = write!(out, "</{}>", self.tag);
    }
}

/// What is inside an `<svg>`.
pub fn markup(shapes: &[Shape]) -> String {
    let mut out = String::new();
    shapes.iter().for_each(|it| it.write(&mut out));
    out
}

/// A length or place in pixels with one digit, as SVG reads it.
pub fn n1(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

fn moved(x: f64, y: f64) -> String {
    format!("translate({} {})", n1(x), n1(y))
}

struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => out.write_str("&amp;")?,
                '<' => out.write_str("&lt;")?,
                '"' => out.write_str("&quot;")?,
                other => out.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_written_as_svg_whatever_a_title_holds() {
        let shapes = [
            Shape::group(vec![Shape::text(1.04, -0.04, "\"<&>\"").class("s").key("t")]),
            Shape::button(0.0, 0.25, 10.0, 3.0, 3, "Alien & co").is_on(true),
        ];
        assert_eq!(
            markup(&shapes),
            "<g><text transform=\"translate(1 0)\" class=\"s\">&quot;&lt;&amp;>&quot;</text></g>\
             <rect x=\"0\" y=\"0.3\" width=\"10\" height=\"3\" class=\"hit\" rx=\"6\" data-act=\"3\" tabindex=\"0\" \
             aria-label=\"Alien &amp; co\" role=\"switch\" aria-checked=\"true\"></rect>"
        );
    }
}
