"""What somebody wrote, without what says who they are. Pure.

Nothing can find every name in free words: so only staff who may read tickets sees what was written in them.
"""

import re
from collections.abc import Iterable

GONE = "…"
LONGEST = 180  # letters
TRACES = (
    re.compile(r"\S+@\S+"),  # addresses of mail, and whoever was called with an @
    re.compile(r"(?<!\w)@\w+"),
    re.compile(r"(?:https?://|www\.)\S+", re.I),
    re.compile(r"\+?\d(?:[\s()/-]*\d){4,}"),  # telephones, cards, postcodes: five digits and more, however written
    re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d])\w{8,}\b"),  # codes of orders and tickets
    re.compile(
        r"\b\d+\s+(?:[A-Z][\w'’]*\s+){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Lane|Ln|Drive|Dr|Blvd|Way|Court|Ct)\b\.?"
    ),
)
# What stands behind these words is a name: up to three that begin with a capital.
SIGNED = re.compile(
    r"((?i:\b(?:my name is|this is|i am called|regards|sincerely|cheers|yours|best|love|thanks|thank you)\b)[,\s:–-]*)"
    r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2}"
)


def unnamed(text: str, known: Iterable[str] = ()) -> str:
    """One line of at most 180 letters. `known` is what is known of who wrote it: none of its words is left."""
    words = {word.casefold() for one in known for word in re.findall(r"\w+", one) if len(word) > 2}
    for trace in TRACES:
        text = trace.sub(GONE, text)
    text = SIGNED.sub(lambda found: found[1] + GONE, text)
    text = re.sub(r"\w+", lambda found: GONE if found[0].casefold() in words else found[0], text)
    return _short(" ".join(re.sub(rf"{GONE}(?:[\s.,-]*{GONE})+", GONE, text).split()))


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",.;: ") + GONE
