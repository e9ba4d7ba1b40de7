"""Days, next steps and walks without a video in words; pure."""

from collections.abc import Sequence
from datetime import date

from analytics.answers.next_steps import ANYTHING, LEFT
from journey.steps import Step

DASH = "\N{EN DASH}"


# What somebody may come to without the stages, which begin with a video; the furthest one counts.
_WITHOUT = (
    (Step.PURCHASE, "bought"),
    (Step.BEGIN_CHECKOUT, "came to the checkout"),
    (Step.ADD_TO_CART, "filled the cart"),
    (Step.VIEW_ITEM, "opened a product page"),
)


def without_video(path: str) -> str:
    """How far a walk came that is in none of the six stages."""
    furthest = next((words for step, words in _WITHOUT if step.letter in path), "")
    return f"saw no video, {furthest}" if furthest else "saw no video"


def in_days(first: date | None, last: date | None) -> str:
    """1–7 Nov 2026, 28 Oct – 3 Nov 2026, 1 Nov 2026, from …, until …; empty where nothing limits."""
    if not first or not last:
        return f"from {_day(first)}" if first else f"until {_day(last)}" if last else ""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{_day(last)}"
    start = _day(first) if first.year != last.year else f"{first.day} {first:%b}"
    return f"{start} {DASH} {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def of_hops(hops: Sequence[str]) -> str:
    """What came next, to stand behind "then": search, view_cart, left."""
    return ", then ".join(_hop(hop) for hop in hops)


def _hop(hop: str) -> str:
    if hop == ANYTHING:
        return "anything"
    if hop == LEFT:
        return "left"
    unwanted = hop.removeprefix("!")
    names = " or ".join(name.replace("_", " ") for name in unwanted.split("|"))
    return f"anything but {names}" if hop.startswith("!") else names
