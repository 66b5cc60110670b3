//! The colours of the map, as style/tokens.css gives them at the moment.

use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::families::Kind;

/// Colours and fonts, as a canvas takes them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Palette {
    pub(super) surface: String,
    pub(super) ink: String,
    pub(super) ink_2: String,
    pub(super) dot: String,
    pub(super) far_dot: String,
    pub(super) focus: String,
    pub(super) serif: String,
    pub(super) sans: String,
    kinds: Vec<(Kind, String)>,
}

const KINDS: [(Kind, &str); 8] = [
    (Kind::Baseline, "--kind-baseline"),
    (Kind::Autoregressive, "--kind-autoregressive"),
    (Kind::Masked, "--kind-masked"),
    (Kind::Variational, "--kind-variational"),
    (Kind::Adversarial, "--kind-adversarial"),
    (Kind::Diffusion, "--kind-diffusion"),
    (Kind::Language, "--kind-language"),
    (Kind::Hybrid, "--kind-hybrid"),
];

impl Palette {
    /// What `canvas` inherits from the page.
    pub(super) fn of(canvas: &HtmlCanvasElement) -> Self {
        let style = window().get_computed_style(canvas).ok().flatten();
        let token = |name: &str| {
            let value = style.as_ref().and_then(|it| it.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        Self {
            surface: token("--surface"),
            ink: token("--ink"),
            ink_2: token("--ink-2"),
            dot: token("--map-dot"),
            far_dot: token("--map-dot-far"),
            focus: token("--focus"),
            serif: token("--serif"),
            sans: token("--sans"),
            kinds: KINDS.map(|(kind, name)| (kind, token(name))).to_vec(),
        }
    }

    pub(super) fn kind(&self, kind: Kind) -> &str {
        self.kinds.iter().find(|it| it.0 == kind).map_or(&self.ink, |it| &it.1)
    }
}
