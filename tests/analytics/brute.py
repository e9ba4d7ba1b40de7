"""The numbers of a report the slow way: from the raw events alone, split and walked by the obvious twin."""

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby

from analytics.answers.next_steps import DEPTH, LEFT, QUIET
from journey.models import Event
from journey.steps import Step
from tests.analytics import twin
from tests.analytics.taken import MINUTE


def units(question):
    """Of every unit: whose and from when its journeys are, its letters, times and what the twin finds."""
    events = sorted(Event.objects.select_related("context"), key=lambda e: (e.participant_id, e.at, e.trail, e.n))
    walks = [walk for _, mine in groupby(events, lambda e: e.participant_id) for walk in _split(list(mine))]
    walks = [walk for walk in walks if _asked_for(question, walk)]
    if question.unit == "participant":
        groups = [list(mine) for _, mine in groupby(walks, lambda walk: walk[0].participant_id)]
    else:
        groups = [[walk] for walk in walks]
    return [_Unit(question, group) for group in groups]


class _Unit:
    def __init__(self, question, walks):
        events = [event for walk in walks for event in walk]
        self.funnel = question.funnel
        self.journeys = {(walk[0].participant_id, walk[0].at) for walk in walks}
        self.path, self.at = "".join(e.step for e in events), [e.at for e in events]
        self.walked = twin.walk(question.funnel, self.path, self.at)
        contexts = [e.context for e in walks[0]]
        self.device = next(filter(None, (context.device for context in contexts)), "")

    def reached(self, step):
        return bool(self.walked.reached >> step & 1)

    def lost(self, step):
        """Came to the last required step before, and not to this one; after the sale nobody is lost."""
        before = [k for k in range(step) if k not in self.funnel.optional]
        past_goal = frozenset("B") in self.funnel.letters[:step]
        counts = before and step not in self.funnel.optional and not past_goal
        return bool(counts) and self.reached(before[-1]) and not self.reached(step)

    def day(self):
        return datetime.fromtimestamp(self.walked.at[0] / 1_000_000, UTC).date()

    def next_steps(self, step):
        before = max(k for k in range(step) if k not in self.funnel.optional)
        taking = set().union(*self.funnel.letters[: before + 1])
        if self.funnel.order != "any":
            taking = self.funnel.letters[before]
        start = [i for i, t in enumerate(self.at) if t == self.walked.at[before] and self.path[i] in taking][-1]
        steps = [Step.of_letter(letter) for letter in self.path[start + 1 :]]
        told = [step.value for step in steps if step not in QUIET]
        once = [name for i, name in enumerate(told) if i == 0 or told[i - 1] != name]
        return tuple([*once, LEFT][:DEPTH])


def flows(found):
    """How many went from which step to which, by place."""
    return Counter((i, a, b) for hops in found for i, (a, b) in enumerate(zip(("", *hops), hops, strict=False)))


def _split(events):
    cuts = [i for i in range(1, len(events)) if events[i].at - events[i - 1].at > 30 * MINUTE]
    return [events[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]


def _asked_for(question, walk):
    day = datetime.fromtimestamp(walk[0].at / 1_000_000, UTC).date()
    return (question.first is None or question.first <= day) and (question.last is None or day <= question.last)
