"""How the fact files write people's names, and how the catalogue does."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Accented names that only HetRec has, where each accented letter is lost.
_HAND_MENDED = [
    "Luis Buñuel",
    "Lina Wertmüller",
    "Volker Schlöndorff",
    "François Ozon",
    "Gérard Krawczyk",
    "François Girard",
    "René Clément",
    "Benoît Jacquot",
    "Cédric Klapisch",
    "István Szabó",
    "Régis Wargnier",
    "Norman René",
    "Mikael Håfström",
    "Gérard Corbiau",
    "Patrice Chéreau",
    "Tomás Gutiérrez Alea",
    "Åke Sandgren",
    "Sönke Wortmann",
    "Jan Sverák",
    "Agnès Merlet",
    "René Laloux",
    "Marcel Carné",
    "Ramón Menéndez",
    "André Bonzel",
    "José Luis Cuerda",
    "Max Färberböck",
    "Frédéric Fonteyne",
    "Léa Pool",
    "María Ripoll",
    "Fabián Bielinsky",
    "Busi Cortés",
    "Aki Kaurismäki",
    "François Dupeyron",
    "György Pálfi",
]

# Names that HetRec writes in another way than ReDial, or wrongly.
_SAME_PERSON = {
    "Andre Techine": "André Téchiné",
    "Barbara Streisand": "Barbra Streisand",
    "Brian DePalma": "Brian De Palma",
    "Chan Wook Park": "Park Chan-wook",
    "Chen Kaige": "Kaige Chen",
    "Daniel Davis [Edward D. Wood Jr.]": "Edward D. Wood Jr.",
    "Darrel James Roodt": "Darrell Roodt",
    "Director:John Cassavetes": "John Cassavetes",
    "Doug McGrath": "Douglas McGrath",
    "Edward Wood": "Edward D. Wood Jr.",
    "Erie C. Kenton": "Erle C. Kenton",
    "Gaspar Noe": "Gaspar Noé",
    "Gavin O'Conner": "Gavin O'Connor",
    "George Sidney II": "George Sidney",
    'Gregory "Mars" Martin': "Mars Callahan",
    "Hert Bochner": "Hart Bochner",
    "Ian McNaughton": "Ian MacNaughton",
    "JRichard Benjamin": "Richard Benjamin",
    "Jean Kounen": "Jan Kounen",
    "Jeff Blitz": "Jeffrey Blitz",
    "Jon Chu": "Jon M. Chu",
    "Joon-ho Bong": "Bong Joon Ho",
    "Jule Dash": "Julie Dash",
    "Mikael Hfstrom": "Mikael Håfström",
    "Norman McLeod": "Norman Z. McLeod",
    "Pat O'Conner": "Pat O'Connor",
    "Richard Brooks I": "Richard Brooks",
    "Susan Seidelmun": "Susan Seidelman",
    "Taika Cohen": "Taika Waititi",
    "Vondie CurtisHall": "Vondie Curtis-Hall",
    "Wai-keung Lau": "Andrew Lau",
}

# What stands in Wikipedia's columns of actors beside them: "Best Actor", "Archive footage of".
_NOBODY = re.compile(
    r"\b(of|by|with|music|massacre|Bee|Best (Actor|Actress|Supporting))\b|^(The|Holocaust)$"
)

LOST = "\N{REPLACEMENT CHARACTER}"


class WholeNames:
    """HetRec's names as the catalogue writes them: it lost the accented letters."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the names that other sources give."""
        names = {*known, *_HAND_MENDED}
        whole = sorted(name for name in names if LOST not in name and not name.isascii())
        self._whole = {_plain_part(name): name for name in whole}

    def of(self, name: str) -> str:
        """The same name from another source, else without what is lost."""
        name = " ".join(name.split())
        if LOST in name:
            name = self._whole.get(_plain_part(name), name).replace(LOST, "")
        return _SAME_PERSON.get(name, name)


def person(raw: str) -> str:
    """A name without footnotes and roles; empty if what is left is not a name."""
    name = re.sub(r"\s*[\[(].*$", "", raw).strip(" ,;:–-")
    name = re.sub(r",? Jr\.?$", " Jr.", name)
    is_name = (
        2 < len(name) <= 40
        and name[0].isupper()
        and not re.search(r"\d|:|\bdirector\b", name)
        and not _NOBODY.search(name)
    )
    return name if is_name else ""


def _plain_part(name: str) -> str:
    return re.sub(rf"[^\x00-\x7f{LOST}]", LOST, name)
