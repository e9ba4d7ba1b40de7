"""Of every step: what can tell it, how often it was taken in a period, when last, and with which properties."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Sum, Value
from django.db.models.functions import StrIndex

from analytics.answers.questions import Question
from analytics.models import Journey, StepCount, offsets
from journey import origins
from journey.models import Event
from journey.origins import Origin
from journey.steps import Step

SAMPLE = 200  # the latest journeys, whose events are looked into


@dataclass(frozen=True, slots=True)
class Check:
    step: Step
    origins: list[Origin]
    acts: list[str]  # addresses that are marked with it
    n: int  # in the journeys of the period
    last: int | None  # microseconds since 1970, of the latest one ever
    sample: int  # events that were looked into
    props: list[tuple[str, float]]  # name, and the percent of those events that carry it

    @property
    def impossible(self) -> bool:
        """Nothing there is can tell it."""
        return not self.origins

    @property
    def unseen(self) -> bool:
        return not self.impossible and not self.n


def checks(question: Question) -> list[Check]:
    """Every step there is, in the order of the vocabulary."""
    known, promised, counted, lasts = origins.origins(), origins.promises(), _counted(question), _lasts(question)
    sample, carried = _sample(question, {journey for journey, _ in lasts.values()})
    return [
        Check(
            step,
            known.get(step, []),
            promised.get(step, []),
            counted.get(step.letter, 0),
            lasts[step.letter][1] if step.letter in lasts else None,
            sample[step.letter],
            [(name, 100 * n / sample[step.letter]) for name, n in carried[step.letter].most_common()],
        )
        for step in Step
    ]


def _counted(question: Question) -> dict[str, int]:
    rows = StepCount.objects.between(question.first, question.last).of_kinds(question.kinds)
    return dict(rows.values_list("step").annotate(n=Sum("n")).order_by("step"))


def _lasts(question: Question) -> dict[str, tuple[int, int]]:
    """Letter → the latest journey it stands in, and when it was taken there. Counts say which day to look at."""
    days = StepCount.objects.of_kinds(question.kinds).values_list("step").annotate(day=Max("day")).order_by("step")
    found = {}
    for letter, day in days:
        # Not `contains`: SQLite's LIKE takes no notice of case, and letters do.
        walks = Journey.objects.filter(day=day).of_kinds(question.kinds).annotate(at=StrIndex("path", Value(letter)))
        row = walks.filter(at__gt=0).order_by("-start").values_list("pk", "start", "path", "pauses").first()
        if row:
            key, start, path, pauses = row
            found[letter] = key, start + offsets(pauses)[path.rindex(letter)]
    return found


def _sample(question: Question, also: Iterable[int]) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Letter → how many events of it were read, and letter → property → how many of those carry it."""
    seen: Counter[str] = Counter()
    carried: dict[str, Counter[str]] = defaultdict(Counter)
    for letter, props in _events(question, also):
        seen[letter] += 1
        carried[letter].update(props or {})
    return seen, carried


def _events(question: Question, also: Iterable[int]) -> Iterable[tuple[str, dict[str, Any]]]:
    latest = Journey.objects.of_kinds(question.kinds).order_by("-start").values_list("participant", "start", "stop")
    walks = {*latest[:SAMPLE], *latest.filter(pk__in=list(also))}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for participant, *span in walks:
        spans[participant].append((span[0], span[1]))
    rows = Event.objects.filter(participant__in=spans, at__gte=min((start for _, start, _ in walks), default=0))
    for participant, at, letter, props in rows.values_list("participant_id", "at", "step", "props").iterator():
        if any(start <= at <= stop for start, stop in spans[participant]):
            # carried by name alone: Counter would add up an object's values
            yield letter, dict.fromkeys(props or {}, 1)
