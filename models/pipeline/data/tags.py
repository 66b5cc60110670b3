"""Which of the readers' tags say something about a film."""

from __future__ import annotations

import re

# Not about the film but about someone's shelf, plan or verdict; or too coarse to print.
_JUNK = re.compile(
    r"""
    \b(
      librar(y|ies)|vhs|dvds?|dvr|blu-?ray|betamax|tivo|netflix|hulu|queue|my\s\w+|on\scomputer|
      hdtv|own(ed)?|redbox|getdvd|holes\d+s|golden\spalm|rent(ed|al)?|bought|buy|borrow(ed)?|
      downloads?|downloaded|collection|shopping|criterion|seen|saw|viewed|viu|viram|
      watch(ed|list|ing)?|unwatched|re-?watch\w*|to\ssee|tosee|must\ssee|remember|muista|
      stopped|imdb|afi|bfi|toplist\d*|top\s\d+|ratings?|registry|sightsound|tags?|lists?|
      oscars?|awards?|palme|cannes|razzie|nominee|winner|sundance|bafta|quadrilogy|bechdel\w*|
      jus\+san|memasa|annemari|blindfold|emerson|vijayrawtag|florence|jacksonville|cincinnati|
      cdon|bkk|docventures|filmifriikki|katso|movies\s8|friday\snight|dollar\ssaver|octopus|
      box\soffice|good|great|bad|poor(ly)?|weak|worst|best|better|excellent|amazing|awesome|
      exceptional|crappy|lame|overrated|underrated|boring|stupid|dumb|idiotic|idiocy|pointless|
      predict\w+|forgettable|shallow|implausible|cliches?|unrealistic|disappointing|wasted|
      trying|unfunny|silly|hell|as\sgood|hillarious|confused|confusing|ruined|overlong|
      well\s(done|written)|too\s\w+|not\s.*|no\s(plot|dialogue)|plot|acting|script|writing|
      storyline|screenplay|screenwriting|storytelling|dialogue|ending|endings|soundtrack|
      cinematography|photography|visuals?|visually|scenery|cgi|big\sbudget|low\sbudget|nudity|
      unsimulated|penis|masturbation|sex\sscenes?|pornography|rape|pedophile|incest|erotic
    )\b
    | ^\W*$ | ^\d+$ | ^(r|pg|pg-13|pg13|g|nc-17|nc17)\b | ^.{1,2}$ | [;:=\[\]<>@?!]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Too short of meaning, or a name or country that has its own field.
_EMPTY = frozenset(
    """
masterpiece|classic|fun|remade|guilty pleasure|terrible|favorite|favourite|ok|okay|interesting|
entertaining|cool|nice|perfect|brilliant|movie|film|original|unique|enjoyable|long|short|
hilarious|funniest movies|acting|story|different|complicated|creative|clever|intelligent|
beautiful|controversial|beautifully filmed|highly quotable|quotable|breathtaking|
interesting concept|interesting characters|unique story|powerful|strange|exciting|smart|
imaginative|inventive|innovative|artistic|twists & turns|funny moments|well-written|commercial|
arnold|hitchcock|tarantino|spielberg|coen brothers|kubrick|lynch|dickens|cameos|youtube|
short film|dated|surprising|unusual|far fetched|misc|book|head movie|feature film|
thought provoking|masterful|stylish|charming|stopped watching|saturated|characters|
complex characters|usa|british|french|australian|japanese|irish|spanish|korean|finnish|england|
france|italy|japan|america|classic!|foreign
    """.replace("\n", "")
    .strip()
    .split("|")
)


def says_something(tag: str) -> bool:
    """Whether a tag describes a film: not a shelf mark, a plan or a bare verdict."""
    return tag not in _EMPTY and not _JUNK.search(tag)
