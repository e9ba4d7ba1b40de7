"""The rows of the list: what the address asks for, and what belongs to a row but stands in another table."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from analytics.listing.asked import OURS, Narrowed, narrowed_from
from analytics.listing.counted import MOST
from analytics.listing.search import matching
from analytics.listing.sets import Behind, is_of_a_report, names_a_number, set_from
from analytics.models import Journey
from analytics.semantics.notation import BadQuestion
from journey.models import Participant


class JourneyList(ChangeList):  # type: ignore[misc]
    """Journeys that are asked for; `problem` says in a sentence what was not understood and is left out."""

    problem = ""
    set: Behind | None = None

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """What is not ours is looked up as Django does: participant__exact, stage__in."""
        left = super().get_filters_params(params)
        theirs = {name: value for name, value in left.items() if name not in OURS}
        return {name: value for name, value in theirs.items() if not (names_a_number(left) and is_of_a_report(name))}

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Journey]:
        self.root_queryset = self.narrowed.applied(self._rare(self._behind_the_number()))
        found: QuerySet[Journey] = super().get_queryset(request, exclude_parameters)
        return found.defer("pauses")

    def apply_select_related(self, qs: QuerySet[Journey]) -> QuerySet[Journey]:
        return qs

    def _rare(self, rows: QuerySet[Journey]) -> QuerySet[Journey]:
        """By their keys, where what is asked for may be rare and is."""
        if self.set or not self.narrowed.may_be_rare:
            return rows
        from analytics.listing import rare  # numpy: only where somebody asks

        keys = rare.keys(self.narrowed, MOST)
        return rows if keys is None else rows.filter(pk__among=keys)

    def _behind_the_number(self) -> QuerySet[Journey]:
        """All, or those that a number of a report counts; none when it is not understood which."""
        try:
            asked = set_from(self.params)
            rows = asked.applied(self.root_queryset) if asked else self.root_queryset
            self.set = asked
            return rows
        except BadQuestion as problem:
            self.problem = str(problem)
            return self.root_queryset.none()

    @cached_property
    def narrowed(self) -> Narrowed:
        try:
            return narrowed_from(self.params)
        except BadQuestion as problem:
            self.problem = str(problem)
            return Narrowed()

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.full_result_count = self.result_count  # how many there are stands above the rows, with how sure that is
        self.paginator.may_estimate = self.narrowed.can_be_estimated and not self.query
        self.result_list: Any = labelled(list(self.result_list))

    def url(self, **changes: str | None) -> str:
        """This list with some of its parameters changed, from its first page; None takes one away."""
        return str(self.get_query_string(changes))


def searched(rows: QuerySet[Journey], term: str) -> QuerySet[Journey]:
    return rows.filter(matching(term.strip())) if term.strip() else rows


def labelled(rows: list[Journey]) -> list[Journey]:
    """With the label of whose journey it is, and whether anything is known of them at all."""
    people = {row.participant for row in rows}
    labels = dict(Participant.objects.filter(pk__in=people).values_list("pk", "label"))
    for row in rows:
        row.label = labels.get(row.participant, "")  # type: ignore[attr-defined]
    return rows
