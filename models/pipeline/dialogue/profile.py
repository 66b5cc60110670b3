"""The reader's profile: what is wanted, in sentences that the manager itself can read back."""

from __future__ import annotations

from pipeline.dialogue.films import Films
from pipeline.dialogue.manager import Manager, Wish, Years


def profile(wish: Wish, films: Films) -> str:
    """A few sentences, one a line. Reading them back gives the same wish, see `from_profile`."""

    def quoted(row: int) -> str:
        title, year = films.catalogue.title[row], films.catalogue.year[row]
        return f"“{title}” ({year})" if year else f"“{title}”"

    lines = [
        *(f"I liked {quoted(row)}." for row in wish.liked),
        *(f"I did not like {quoted(row)}." for row in wish.disliked),
        *(f"I have seen {quoted(row)}." for row in wish.rejected),
        *(f"I want {trait.name}." for trait in wish.wanted),
        *(f"I do not want {trait.name}." for trait in wish.unwanted),
    ]
    if sentence := _years(wish.years):
        lines.append(sentence)
    return "\n".join(lines)


def from_profile(wish: Wish, text: str, manager: Manager) -> Wish:
    """What edited sentences say. The words searched by meaning stay those of the conversation."""
    read = Wish(text=wish.text)
    for line in text.splitlines():
        read = manager.hear(read, line, []).wish
    read.text = wish.text
    return read


def _years(years: Years) -> str:
    match years.first, years.last:
        case None, None:
            return ""
        case first, None:
            return f"Films from {first}."
        case None, int(last):
            return f"Films before {last + 1}."
        case first, last if first == last:
            return f"Films of {first}."
        case int(first), int(last) if first % 10 == 0 and last == first + 9:
            return f"Films of the {first}s."
        case first, last:
            return f"Films of {first} to {last}."
