"""The journeys behind a number of a video's or a product's page: those in which it was counted at least once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from urllib.parse import urlencode

import orjson
from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.urls import reverse

from analytics.answers.addresses import kind_of
from analytics.answers.questions import Question, default_kinds, question_from
from analytics.listing import among as among  # registers the lookup
from analytics.listing.words import in_days
from analytics.models import Journey
from analytics.screens.slugs import named
from analytics.semantics.funnels import SIX_STAGES
from analytics.semantics.notation import BadQuestion, listed
from analytics.videos.apart import once_a_journey
from analytics.videos.fields import Figures
from analytics.videos.product_figures import ProductFigures
from analytics.videos.sights import Found
from analytics.videos.video_figures import VideoFigures

PARAMETERS = ("counts", "of", "named")
KINDS: dict[str, tuple[str, type[Figures]]] = {"video": ("v", VideoFigures), "product": ("p", ProductFigures)}
SECONDS = 600  # a list is paged through, sorted and searched: its journeys are looked for once


@dataclass(frozen=True)
class Number:
    """What a page counts: figures of one video or product, added up; of a spread, one name."""

    question: Question  # its days and kinds
    kind: str
    slug: str
    figures: tuple[str, ...]
    name: str = ""

    def applied(self, rows: QuerySet[Journey]) -> QuerySet[Journey]:
        return rows.filter(pk__among=[pk for pk, _ in self.found])

    @property
    def found(self) -> list[tuple[int, int]]:
        """Key of a journey, how often it was counted there. Journeys are never edited, only written anew."""
        latest = self._days.aggregate(latest=Max("pk"))["latest"]
        name = f"journeys:number:{latest}:{blake2b(repr(self).encode(), digest_size=16).hexdigest()}"
        known: list[tuple[int, int]] | None = cache.get(name)
        if known is None:
            known = [(pk, n) for pk, found in self._met() if (n := self._counted(found))]
            cache.set(name, known, SECONDS)
        return known

    @property
    def _days(self) -> "QuerySet[Journey]":
        return Journey.objects.between(self.question.first, self.question.last).of_kinds(self.question.kinds)

    def _met(self) -> Iterator[tuple[int, Found]]:
        """What each journey that met it keeps of it; the database finds the few whose text has the name in it."""
        letter, some = KINDS[self.kind][0], f"{orjson.dumps(self.slug).decode()}:{{"
        rows = self._days.filter(sights__contains=some).values_list("pk", "sights")
        for pk, text in rows.iterator(chunk_size=2_000):
            if found := orjson.loads(text)[letter].get(self.slug):
                yield pk, found | once_a_journey(found, letter)

    def _counted(self, found: Found) -> int:
        return sum(_of(found.get(code, 0), self.name) for code in self._codes)

    @property
    def _codes(self) -> list[str]:
        codes = {name: code for code, name in KINDS[self.kind][1].codes().items()}
        return [codes[figure] for figure in self.figures]

    @property
    def params(self) -> dict[str, str]:
        return params_of(self.question) | {
            "counts": f"{self.kind}.{','.join(self.figures)}",
            "of": self.slug,
            **({"named": self.name} if self.name else {}),
        }

    @property
    def report(self) -> str:
        """The page this is a number of."""
        page = reverse(f"admin:analytics_{self.kind}day_results", args=[self.slug])
        return f"{page}?{urlencode(params_of(self.question))}"

    @property
    def funnel(self) -> str:
        return named(self.slug)

    @property
    def counts_journeys(self) -> bool:
        return all(figure.endswith("journeys") for figure in self.figures)

    @property
    def note(self) -> str:
        """What is counted there, where that is not journeys."""
        if self.counts_journeys:
            return ""
        total = sum(n for _, n in self.found)
        return f"The page counts them, not the journeys: {total:,} in these."

    @property
    def _meaning(self) -> str:
        meanings = KINDS[self.kind][1].meanings()
        said = " or ".join(meanings[figure] for figure in self.figures)
        return f"{said}, of “{self.name}”" if self.name else said

    @property
    def sentence(self) -> str:
        """What is true of these journeys, to stand behind their number."""
        asked, days = self.question, []
        if asked.first or asked.last:
            days = [in_days(asked.first, asked.last)]
        what = self._meaning.removeprefix("journeys ") if self.counts_journeys else f"in which were {self._meaning}"
        return ", ".join([what, named(self.slug), *days])


def _of(counted: object, name: str) -> int:
    """How much a figure says; of names, one of them or all."""
    if isinstance(counted, dict):
        return sum(n for key, n in counted.items() if name in ("", key))
    return counted if isinstance(counted, int) else 0


def params_of(question: Question) -> dict[str, str]:
    """Its days and kinds as an address says them."""
    days = {"from": str(question.first or ""), "to": str(question.last or "")}
    params = {name: day for name, day in days.items() if day} or {"period": "all"}
    return params | ({"kind": kind_of(question.kinds)} if question.kinds != default_kinds() else {})


class Opener:
    """Addresses of the lists behind the numbers of one page. In a template: `opens.clicks`."""

    do_not_call_in_templates = True

    def __init__(self, question: Question, kind: str, slug: str) -> None:
        self.days = params_of(question)
        self.before = f"{reverse('admin:analytics_journey_changelist')}?"
        self.behind = f"&{urlencode({'of': slug})}&counts={kind}."

    def __call__(self, *figures: str, named: str = "", day: date | None = None) -> str:
        days = self.days if day is None else {**self.days, "from": str(day), "to": str(day)}
        some = days | ({"named": named} if named else {})
        return f"{self.before}{urlencode(some)}{self.behind}{','.join(figures)}"

    def __getitem__(self, figure: str) -> str:
        return self(figure)

    def each(self, figure: str) -> Callable[[str], str]:
        """Those of a spread, by name."""
        return lambda name: self(figure, named=name)


def number_from(params: Mapping[str, str]) -> Number | None:
    """The number of an address; None when it names none. Raises BadQuestion."""
    if not params.get("counts"):
        return None
    kind, _, figures = params["counts"].partition(".")
    known = {*KINDS[kind][1].codes().values()} if kind in KINDS else set()
    wanted = tuple(figures.split(","))
    if not known or not {*wanted} <= known:
        raise BadQuestion(f"Nothing is counted that is called “{params['counts']}”; {listed(KINDS)} have figures.")
    asked = {name: params[name] for name in ("from", "to", "kind") if params.get(name)}
    return Number(question_from(asked, SIX_STAGES), kind, params.get("of", ""), wanted, params.get("named", ""))
