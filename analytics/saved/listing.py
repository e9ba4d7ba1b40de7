"""The list of reports: those that are always there and the saved ones, with a small picture where it costs little."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse

from analytics.answers.questions import default_kinds
from analytics.counts.tallies import Tally
from analytics.jobs.models import Job, Kind
from analytics.models import FunnelCount
from analytics.saved.models import SavedReport, Uncounted
from analytics.saved.registry import funnel_of, of_paths
from analytics.semantics.funnels import FUNNELS, Funnel

DAYS = 30
Waiting = dict[str, Job | None]  # Funnel.key → the job that was to fill its counts in
USUAL_UNIT = {"support": "participant"}  # an answer comes another day, so in another journey


@dataclass(frozen=True, slots=True)
class Small:
    """A funnel in a few lines: heights in percent of its first step, and which of them may be left out."""

    bars: list[tuple[float, bool]]
    first: int
    last: int
    goal: str


@dataclass(frozen=True, slots=True)
class Entry:
    slug: str
    name: str
    question: str
    url: str
    small: Small | None
    steps: int
    saved: SavedReport | None
    job: Job | None  # that fills its counts in, while they are not complete
    problem: str = ""

    @property
    def copy(self) -> str:
        return f"{reverse('admin:analytics_savedreport_add')}?copy={self.slug}"


def entries() -> list[Entry]:
    """Four queries, whatever the number of reports."""
    waiting, seen = _jobs_of_uncounted(), _tallies()
    always = [_entry(funnel, _unit(USUAL_UNIT.get(slug)), None, waiting, seen) for slug, funnel in FUNNELS.items()]
    return always + [_of_saved(one, waiting, seen) for one in SavedReport.objects.all()]


def _of_saved(saved: SavedReport, waiting: Waiting, seen: dict[str, Tally]) -> Entry:
    funnel = funnel_of(saved)
    if funnel is None:
        problem = "One of its steps cannot be read any more: change it."
        return Entry(saved.slug, saved.name, saved.question, "", None, 0, saved, None, problem)
    return _entry(funnel, "&".join(filter(None, [saved.query, _unit(saved.unit)])), saved, waiting, seen)


def _unit(unit: str | None) -> str:
    return f"unit={unit}" if unit and unit != "journey" else ""


def _entry(funnel: Funnel, query: str, saved: SavedReport | None, waiting: Waiting, seen: dict[str, Tally]) -> Entry:
    url = f"{reverse('admin:analytics_funnel')}?{urlencode({'funnel': funnel.slug})}{'&' if query else ''}{query}"
    cheap = funnel.key not in waiting and (saved is None or (saved.unit == "journey" and of_paths(funnel)))
    small = _small(funnel, seen[funnel.key]) if cheap else None
    job = waiting.get(funnel.key)
    return Entry(funnel.slug, funnel.name, funnel.question, url, small, len(funnel.steps), saved, job)


def _small(funnel: Funnel, tally: Tally) -> Small:
    counts = [tally.count(step) for step in range(len(funnel.steps))]
    heights = [round(100 * min(count / max(counts[0], 1), 1), 1) for count in counts]
    return Small(
        [(height, k in funnel.optional) for k, height in enumerate(heights)],
        counts[0],
        counts[funnel.goal],
        funnel.labels[funnel.goal],
    )


def _tallies() -> dict[str, Tally]:
    """Of the last days: Funnel.key → how many got how far."""
    first = datetime.now(UTC).date() - timedelta(days=DAYS - 1)
    counts = FunnelCount.objects.filter(field="").between(first, None).of_kinds(default_kinds())
    found: dict[str, Tally] = defaultdict(Tally)
    for key, reached, n in counts.values_list("funnel", "reached").annotate(Sum("n")).order_by():
        found[key].reached[reached] += n
    return found


def _jobs_of_uncounted() -> Waiting:
    latest = Job.objects.filter(kind=Kind.BACKFILL, parameters__key=OuterRef("key")).order_by("-pk").values("pk")[:1]
    keys = dict(Uncounted.objects.annotate(job=Subquery(latest)).values_list("key", "job"))
    jobs = Job.objects.in_bulk([pk for pk in keys.values() if pk])
    return {key: jobs.get(pk) for key, pk in keys.items()}
