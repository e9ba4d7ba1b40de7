"""Who behaves as no person does: judged when counting, from all that a participant did. Flagged, never dropped."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from analytics.counts.journeys import Taken
from journey.steps import Step, Teller

SERVERS = {step.letter for step in Step if step.teller is Teller.SERVER}

# One page without a word of its browser is a beacon that was lost or a tab that was closed at once, two are bad luck.
PAGES_WITHOUT_SCRIPT = 3
# The page of a phone needs about as long to be drawn and understood; a browser that opens its old tabs again is done
# after a few.
PACE_US = 250_000
PAGES_AT_PACE = 10


def looks_like_a_bot(walks: Sequence[Sequence[Taken]]) -> bool:
    """All journeys of one participant: pages with no script and no act, or pages faster than anyone can tap."""
    pages = [event[1] for walk in walks for event in walk if event[6] == 0 and event[2] in SERVERS]
    if len(pages) < PAGES_WITHOUT_SCRIPT:
        return False
    # Whatever else a participant does is said by their browser, or is an act: a trail's page is its number 0.
    return len(pages) == sum(map(len, walks)) or _is_too_fast(sorted(pages))


def _is_too_fast(pages: list[int]) -> bool:
    return len(pages) >= PAGES_AT_PACE and median(later - one for one, later in pairwise(pages)) < PACE_US
