"""The terms that travel with the model's weights, as text: the package carries them as a page."""

from __future__ import annotations

import re
import textwrap
from html.parser import HTMLParser

NOTICE = """\
Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms

The files beside this one hold weights of Gemma 3 270M, changed for Glassrec: its vocabulary is cut
to what English prompts about films use, the weights are laid out anew as an ONNX graph{tuned}.
Whoever passes them on passes these terms on, the use restrictions of section 3.2 with them.

"""
TUNED = ",\nand an adapter trained on ratings of films is added to it, which may be left out"
_BREAKS = {"p", "li", "h1", "h2", "h3", "h4", "div", "br", "ul", "ol"}
_BREAK = "\0"


def licence_text(page: str, *, is_tuned: bool) -> str:
    """The notice, then the terms of the page without its scripts and menus."""
    reader = _Article()
    reader.feed(page)
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.found).split(_BREAK))
    terms = "\n\n".join(textwrap.fill(line, 100) for line in lines if line)
    if "Gemma Terms of Use" not in terms or "3.2 Use Restrictions" not in terms:
        raise ValueError("the package's page of terms is not as it was")
    return NOTICE.format(tuned=TUNED if is_tuned else "") + terms + "\n"


class _Article(HTMLParser):
    """Gathers the text of the page's article."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        body = "devsite-article-body" in (dict(attrs).get("class") or "")
        if tag == "div" and (self.depth or body):
            self.depth += 1
        if tag in _BREAKS:
            self.found.append(_BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self.depth:
            self.depth -= 1
        if tag in _BREAKS:
            self.found.append(_BREAK)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found.append(data)
