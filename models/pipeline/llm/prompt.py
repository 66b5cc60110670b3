"""What the language model is asked: a reader's last picks, then which title comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.llm.tokenizer import BEGIN, Tokenizer

Film = tuple[str, int]
"""Title and year, 0 unknown."""
_YEAR = " ({year})"


@dataclass(frozen=True)
class Prompt:
    """A wording: texts with `{number}`, `{title}` and `{year}` in them."""

    opening: str = "Movies I watched, in order:\n"
    pick: str = "{number}. {title} ({year})\n"
    asked: str = "{number}."
    title: str = " {title} ({year})\n"
    n_picks: int = 10
    """Only the last ones are told."""
    calibration: float = 0.5
    """The share of a title's own log-probability that is taken off."""

    def context(self, tokenizer: Tokenizer, picks: Sequence[Film]) -> list[int]:
        """The ids of a context; `picks` are oldest first."""
        told = picks[-self.n_picks :] if self.n_picks else []
        found = [BEGIN, *tokenizer.encode(self.opening)]
        for number, film in enumerate(told, start=1):
            found += tokenizer.encode(_filled(self.pick, number, film))
        return found + tokenizer.encode(_filled(self.asked, len(told) + 1, ("", 0)))

    def candidate(self, tokenizer: Tokenizer, film: Film) -> list[int]:
        """The ids of a title as it would follow a context."""
        return tokenizer.encode(self.candidate_text(film))

    def candidate_text(self, film: Film) -> str:
        """A title as it would follow a context."""
        return _filled(self.title, 0, film)

    def context_text(self, picks: Sequence[Film]) -> str:
        """A context as a person reads it."""
        told = picks[-self.n_picks :] if self.n_picks else []
        lines = [_filled(self.pick, number, film) for number, film in enumerate(told, start=1)]
        return self.opening + "".join(lines) + _filled(self.asked, len(told) + 1, ("", 0))

    def listed(self) -> dict[str, Any]:
        """As `llm.json` holds it."""
        return asdict(self)


def _filled(text: str, number: int, film: Film) -> str:
    title, year = film
    if not year:
        text = text.replace(_YEAR, "")
    return (
        text.replace("{number}", str(number)).replace("{year}", str(year)).replace("{title}", title)
    )
