"""What came next: the steps after one of a funnel, as far as a picture of them goes. Pure."""

from collections.abc import Sequence

from analytics.semantics.funnels import Funnel, Order
from analytics.semantics.notation import BadQuestion, step_named
from analytics.semantics.walking import Walked
from journey.steps import Step

DEPTH = 3
LEFT = "left"  # nothing came any more
ANYTHING = "*"
Hop = str  # the name of a step, LEFT, ANYTHING, or "!a|b": a step, and none of these

# Told by the browser while something else goes on: where somebody went is not among them.
QUIET = frozenset(
    {
        Step.VIDEO_IMPRESSION,
        Step.VIDEO_VIEW,
        Step.VIDEO_LOOP,
        Step.VIDEO_PROGRESS,
        Step.WATCH,
        Step.VIEW_BLOCK,
        Step.SCROLL,
        Step.PAGE_HIDDEN,
        Step.PAGE_SHOWN,
        Step.WEB_VITAL,
        Step.TRAIL_END,
        Step.CONSENT,
    }
)
QUIET_LETTERS = frozenset(step.letter for step in QUIET)


def next_steps(after: str) -> list[Hop]:
    """The first steps of a path, at most DEPTH, repeats told once; LEFT where no more came."""
    hops: list[Hop] = []
    for letter in after:
        if letter in QUIET_LETTERS or (hops and hops[-1] == Step.of_letter(letter)):
            continue
        hops.append(Step.of_letter(letter).value)
        if len(hops) == DEPTH:
            return hops
    return [*hops, LEFT]


def place_of(funnel: Funnel, walked: Walked, path: str, at: Sequence[int], step: int) -> int:
    """The place in the path of the event that took a step; of several at that very moment the last one."""
    moment = walked.at[step]
    # In any order the moment is when all steps so far were complete: any of them may have completed it.
    letters = frozenset().union(*funnel.letters[: step + 1]) if funnel.order is Order.ANY else funnel.letters[step]
    return place_at(letters, moment, path, at)


def place_at(letters: frozenset[str], moment: int | None, path: str, at: Sequence[int]) -> int:
    return max(i for i, letter in enumerate(path) if at[i] == moment and letter in letters)


def matches(pattern: Sequence[Hop], hops: Sequence[Hop]) -> bool:
    return all(_fits(wanted, hops[i] if i < len(hops) else "") for i, wanted in enumerate(pattern))


def _fits(wanted: Hop, hop: Hop) -> bool:
    if wanted == ANYTHING:
        return True
    if wanted.startswith("!"):
        return hop not in ("", LEFT, *wanted[1:].split("|"))
    return hop == wanted


def hops_from(text: str) -> tuple[Hop, ...]:
    """Hops joined by commas. Raises BadQuestion."""
    hops = tuple(text.split(",")) if text else ()
    if len(hops) > DEPTH:
        raise BadQuestion(f"No more than {DEPTH} next steps are looked at.")
    for hop in hops:
        for name in hop.removeprefix("!").split("|") if hop not in (ANYTHING, LEFT) else ():
            step_named(name)
    return hops


def hops_to(hops: Sequence[Hop]) -> str:
    return ",".join(hops)
