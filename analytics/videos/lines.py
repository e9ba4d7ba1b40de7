"""The lines of an order, a checkout, a return: what is counted of them counts for each one's own product and video."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from analytics.videos.sights import MOST_CENTS, MOST_PIECES, TEXT, Found, Props, Sights

WORDS = 3 * TEXT  # a line as an event says it: "product pieces cents video"


class Line(NamedTuple):
    product: str
    video: str
    cents: int = 0
    pieces: int = 0


Lines = tuple[Line, ...]


class Part(NamedTuple):
    """What one product, or one video, has in all lines; `key` tells them apart."""

    key: tuple[str, str]
    found: Found
    cents: int
    pieces: int


def lines_in(props: Props) -> Lines:
    """The lines an event tells one by one; none where it is about one product, and names that."""
    lines: list[Line] = []
    while line := _line(props.get(f"line_{len(lines) + 1}")):
        lines.append(line)
    return tuple(lines)


def _line(text: object) -> Line | None:
    product, pieces, cents, *video = [*(text[:WORDS].split(" ") if type(text) is str else ()), "", "", ""][:4]
    if not (product and _is_number(pieces) and _is_number(cents)):
        return None
    return Line(product[:TEXT], "".join(video)[:TEXT], min(int(cents), MOST_CENTS), min(int(pieces), MOST_PIECES))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def products_of(lines: Lines) -> list[str]:
    return list(dict.fromkeys(line.product for line in lines if line.product))


def parts_of(sights: Sights, lines: Lines, cents: int = 0) -> Iterator[Part]:
    """Each product and each video of the lines once, with its share of the cents: those of all products, where every
    line has one, add up to them, and so do those of all videos."""
    keys = [("product", line.product) for line in lines] + [("video", line.video) for line in lines]
    shares = _shared(cents, [line.cents for line in lines]) * 2
    for key in dict.fromkeys(keys):
        if key[1]:
            found = sights.product(key[1]) if key[0] == "product" else sights.video(key[1])
            mine = [place for place, other in enumerate(keys) if other == key]
            pieces = sum(lines[place % len(lines)].pieces for place in mine)
            yield Part(key, found, sum(shares[place] for place in mine), pieces)


def _shared(cents: int, weights: Sequence[int]) -> list[int]:
    """Whole cents in proportion to the weights, which add up to all of them; equal ones where nothing weighs."""
    ends = [*accumulate(weights if any(weights) else [1] * len(weights))]
    return [end - begin for begin, end in pairwise([0, *(cents * end // ends[-1] for end in ends)])]
