"""What the language model is asked: a reader's last picks, then which title comes next.

The wording stands here; the core's program puts histories and titles into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.llm.tokenizer import BEGIN, Tokenizer
from pipeline.program import Film, Program


@dataclass(frozen=True)
class Wording:
    """Texts with `{number}`, `{title}` and `{year}` in them."""

    opening: str = "Movies I watched, in order:\n"
    pick: str = "{number}. {title} ({year})\n"
    asked: str = "{number}."
    title: str = " {title} ({year})\n"
    n_picks: int = 10
    """Only the last ones are named."""
    calibration: float = 0.5
    """The share of a title's own log-probability that is taken off."""

    def listed(self) -> dict[str, Any]:
        """As `llm.json` holds it."""
        return asdict(self)

    def context_texts(self, program: Program, histories: Sequence[Sequence[Film]]) -> list[str]:
        """The prompt for each history; its films are oldest first."""
        return program.prompts(self.listed(), histories)

    def candidate_texts(self, program: Program, films: Sequence[Film]) -> list[str]:
        """Each title as it would follow a context."""
        return program.titles(self.listed(), films)

    def context(self, tokenizer: Tokenizer, picks: Sequence[Film]) -> list[int]:
        """The ids of a context; `picks` are oldest first."""
        (text,) = self.context_texts(tokenizer.program, [picks])
        return [BEGIN, *tokenizer.encode(text)]

    def candidate(self, tokenizer: Tokenizer, film: Film) -> list[int]:
        """The ids of a title as it would follow a context."""
        (text,) = self.candidate_texts(tokenizer.program, [film])
        return tokenizer.encode(text)
