//! `q=last.sampled`, how models are asked where it is not as in the tables; `n=novelty`, what is measured; `e=ease.gru4rec`,
//! which models, where they are not the first ones.

use std::collections::BTreeSet;
use std::rc::Rc;

use reactive_graph::traits::{Get, Set};

use super::state::{MeasureState, Whose};
use super::words;
use crate::address::{Address, AddressWarning, Piece};
use crate::measure::{Against, Asked, Measure, Protocol, Seen, Ties};
use crate::state::router::AddressPart;
use crate::state::shell::Shell;

pub(super) const KEYS: &[&str] = &["q", "n", "e"];

const THIRDS: [&str; 3] = ["few", "middle", "many"];

pub(super) fn part(shell: Shell) -> Rc<dyn AddressPart> {
    Rc::new(shell.get::<MeasureState>())
}

impl AddressPart for MeasureState {
    fn write(&self) -> Vec<Piece> {
        let way = written(self.protocol().get(), self.whose().get());
        let measure = self.measure().get();
        let measured = (measure != Measure::default()).then(|| words::name(measure).to_owned());
        let models = self.chosen_beyond_first().map(|it| it.join("."));
        let pieces = [("q", way), ("n", measured), ("e", models)];
        pieces.into_iter().filter_map(|(key, it)| Some((key.to_owned(), it?))).collect()
    }

    fn read(&self, address: &Address) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        let (protocol, whose) = address.read_piece("q", &mut warnings, read).unwrap_or_default();
        self.protocol().set(protocol);
        self.whose().set(whose);
        let find = |name: &str| Measure::ALL.into_iter().find(|it| words::name(*it) == name);
        self.measure().set(address.read_piece("n", &mut warnings, find).unwrap_or_default());
        if let Some(names) = address.piece("e") {
            let cards = self.cards();
            let (known, unknown): (Vec<&str>, Vec<&str>) = names
                .split('.')
                .filter(|it| !it.is_empty())
                .partition(|name| cards.iter().any(|it| it.name == *name));
            let chosen: BTreeSet<&'static str> =
                cards.iter().map(|it| it.name).filter(|it| known.contains(it)).collect();
            self.choose_only(chosen);
            if !unknown.is_empty() {
                let names: Vec<String> = unknown.into_iter().map(str::to_owned).collect();
                warnings.push(AddressWarning::unknown_compared(&names));
            }
        }
        warnings
    }
}

/// `None` for how the tables ask.
fn written(protocol: Protocol, whose: Whose) -> Option<String> {
    let third = match whose {
        Whose::All => None,
        Whose::Third(third) => THIRDS.get(third).copied(),
    };
    let ties = match protocol.ties {
        Ties::Against => None,
        Ties::Mean => Some("mean"),
        Ties::With => Some("with"),
    };
    let pieces = [
        (protocol.asked == Asked::Last).then_some("last"),
        (protocol.against == Against::Sampled).then_some("sampled"),
        (protocol.seen == Seen::Ranked).then_some("seen"),
        ties,
        third,
    ];
    let pieces: Vec<&str> = pieces.into_iter().flatten().collect();
    (!pieces.is_empty()).then(|| pieces.join("."))
}

fn read(way: &str) -> Option<(Protocol, Whose)> {
    let (mut protocol, mut whose) = (Protocol::default(), Whose::default());
    for piece in way.split('.') {
        match piece {
            "last" => protocol.asked = Asked::Last,
            "sampled" => protocol.against = Against::Sampled,
            "seen" => protocol.seen = Seen::Ranked,
            "mean" => protocol.ties = Ties::Mean,
            "with" => protocol.ties = Ties::With,
            third => whose = Whose::Third(THIRDS.iter().position(|it| *it == third)?),
        }
    }
    Some((protocol, whose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_asking_comes_back() {
        for way in ["last", "sampled.mean", "last.sampled.seen.with.few", "many"] {
            let (protocol, whose) = read(way).unwrap();
            assert_eq!(written(protocol, whose).as_deref(), Some(way));
        }
        assert_eq!(written(Protocol::default(), Whose::All), None);
        assert_eq!(read("last.elsewhere"), None);
    }
}
