"""The journeys behind one number of a report or of a video's page: which they are, in words, and the way back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.urls import reverse

from analytics.answers.addresses import params_of
from analytics.answers.cells import Cell, cell_from, ids, params_of_cell
from analytics.answers.questions import Question, funnel_from, question_from
from analytics.listing import among as among  # registers the lookup
from analytics.listing.asked import OURS
from analytics.listing.words import in_days, of_hops
from analytics.models import Journey
from analytics.videos.behind import Number, number_from

WHOSE = {"journey": "that", "participant": "of participants who", "event": "with an attempt that"}
NOTES = {
    "participant": "The report counts people; all journeys of each are here.",
    "event": "The report counts attempts; a journey with several of them is here once.",
}
SECONDS = 600  # a list is paged through, sorted and searched: its journeys are looked for once


@dataclass(frozen=True)
class Set:
    question: Question
    cell: Cell

    def applied(self, rows: QuerySet[Journey]) -> QuerySet[Journey]:
        return rows.filter(pk__among=self.keys())

    def keys(self) -> list[int]:
        """Rows of journeys are never edited: as long as none in these days is newer, those still there are the same."""
        days = Journey.objects.between(self.question.first, self.question.last)
        latest = days.aggregate(latest=Max("pk"))["latest"]
        name = f"journeys:set:{latest}:{blake2b(repr(self).encode(), digest_size=16).hexdigest()}"
        known: list[int] | None = cache.get(name)
        if known is None:
            known = ids(self.question, self.cell)
            cache.set(name, known, SECONDS)
        return known

    @property
    def params(self) -> dict[str, str]:
        return params_of(self.question) | params_of_cell(self.cell)

    @property
    def report(self) -> str:
        """The report this is a number of."""
        return f"{reverse('admin:analytics_funnel')}?{urlencode(params_of(self.question))}"

    @property
    def funnel(self) -> str:
        return self.question.funnel.name

    @property
    def note(self) -> str:
        """Why there may be more or fewer journeys than the report says; empty where the numbers are the same."""
        return NOTES.get(self.question.unit, "")

    @property
    def sentence(self) -> str:
        """What is true of these journeys, to stand behind their number."""
        asked, cell = self.question, self.cell
        said = [_who(asked, cell), *_after(cell)]
        details = [f"entered on {in_days(cell.day, cell.day)}"] if cell.day else []
        details += [in_days(asked.first, asked.last)] if asked.first or asked.last else []
        details += [cell.value] if cell.value else []
        details += [value for _, value in asked.only]
        return ", ".join([" ".join(said), *details])


def _who(asked: Question, cell: Cell) -> str:
    labels, before = asked.funnel.labels, asked.funnel.before(cell.step)
    whose = WHOSE[asked.unit]
    if cell.state == "lost" and before is not None:
        return f"{whose} reached {labels[before]} and not {labels[cell.step]}"
    return f"{whose} reached {labels[cell.step]}"


def _after(cell: Cell) -> list[str]:
    return [f"(then: {of_hops(cell.then)})"] if cell.then else []


Behind = Set | Number  # both say what is listed, and where the number stands


def names_a_number(params: Collection[str]) -> bool:
    return "step" in params or "counts" in params


def set_from(params: Mapping[str, str]) -> Behind | None:
    """What is behind the number of an address; None when it names none. Raises BadQuestion."""
    cell = cell_from(params)
    if cell is None:
        return number_from(params)
    asked = {name: value for name, value in params.items() if value and is_of_a_report(name)}
    return Set(question_from(asked, funnel_from(asked)), cell)


def is_of_a_report(name: str) -> bool:
    return name not in OURS and "__" not in name and len(name) > 1
