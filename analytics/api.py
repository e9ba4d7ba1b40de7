"""The funnels as JSON, read-only, for staff and tokens: the same numbers as everywhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics import saved
from analytics.answers.questions import FIELDS, UNITS, WEEK, funnel_from, question_from
from analytics.answers.reports import report
from analytics.exporting.exports import as_json
from analytics.semantics.funnels import SECOND_US, Attempt, Funnel, Order
from analytics.semantics.notation import BadQuestion


class MayReadJourneys(BasePermission):
    """Staff who may see journeys in the admin; whoever has no token and no session is asked for one."""

    message = "Reading funnels needs a member of staff who may view journeys."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(
            request.user.is_active and request.user.is_staff and request.user.has_perm("analytics.view_journey")
        )


class FunnelSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    question = serializers.CharField(help_text="What it answers, in words.")
    steps = serializers.ListField(child=serializers.CharField())
    order = serializers.CharField()
    window_seconds = serializers.IntegerField()


class StepSerializer(serializers.Serializer[Any]):
    step = serializers.CharField()
    count = serializers.IntegerField()
    from_previous = serializers.FloatField(allow_null=True)
    from_first = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Of from_first: 95 % Wilson.")
    high = serializers.FloatField(allow_null=True)
    previous_low = serializers.FloatField(allow_null=True)
    previous_high = serializers.FloatField(allow_null=True)
    median_seconds = serializers.FloatField(allow_null=True)


class ReportSerializer(serializers.Serializer[Any]):
    steps = StepSerializer(many=True)
    unit = serializers.CharField()
    attribute = serializers.CharField(help_text="Whose value splits; empty for the journey's own.")
    order = serializers.CharField()
    window_seconds = serializers.IntegerField()
    steps_said = serializers.IntegerField(help_text="Steps that were numbered in these journeys.")
    steps_lost = serializers.IntegerField(help_text="Steps of them that never arrived.")
    journeys_unread = serializers.IntegerField(help_text="Left out: what their events said is not kept any more.")
    segments = serializers.DictField(child=StepSerializer(many=True), required=False)

    def get_fields(self) -> dict[str, Any]:
        # Two names that Python keeps for itself, or that read better as JSON has them.
        days = {name: serializers.DateField(allow_null=True) for name in ("from", "to")}
        return {**super().get_fields(), **days}


class ProblemSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField()


PROBLEMS = {401: ProblemSerializer, 403: ProblemSerializer}
ATTRIBUTE = "Split by what an event said instead: the first or last that took a step, or that of a step, from 1."
PARAMETERS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First day, UTC."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last day, included."),
    OpenApiParameter(
        "by",
        str,
        description=f"Split by {', '.join(FIELDS)}, or experiment:slug; several joined by commas are crossed.",
    ),
    OpenApiParameter("kind", str, description="Kinds of participants joined by commas, or all."),
    OpenApiParameter("attribute", str, description=ATTRIBUTE),
    OpenApiParameter(
        "unit", str, enum=UNITS, description="What is counted: one walk, one person, or every attempt there was."
    ),
    *(OpenApiParameter(name, str, description=f"Only this {name}.") for name in FIELDS if name != "kind"),
]
STEPS = (
    "Steps joined by commas; a|b is either of them. a:optional may be left out, a:within=10m comes at most so long"
    " after the last required step before it, a:after=30s at least; !a must not happen before the next step;"
    " a[product=serum|balm,value>=2000] are only the events that say so."
)
ANY_FUNNEL = [
    OpenApiParameter("steps", str, description=STEPS),
    OpenApiParameter("funnel", str, description="A saved funnel instead of steps, by its slug."),
    OpenApiParameter("window", str, description=f"From the first step to the last, as 45s, 30m, 1h, 7d ({WEEK})."),
    OpenApiParameter("order", str, enum=[*Order], description="What may lie between two steps."),
    OpenApiParameter("attempt", str, enum=[*Attempt], description="The one that got furthest, or that began first."),
]


def answer(params: Mapping[str, str], known: Sequence[OpenApiParameter], funnel: Callable[[], Funnel]) -> Response:
    try:
        only_known(params, [parameter.name for parameter in known])
        return Response(as_json(report(question_from(params, funnel()))))
    except BadQuestion as error:
        raise ValidationError({"detail": str(error)}) from None


def only_known(names: Iterable[str], known: list[str]) -> None:
    """A name with a slip in it would be left out in silence, and the number be that of another question."""
    if unknown := sorted(set(names) - {*known, "format"}):
        raise BadQuestion(f"There is no parameter “{unknown[0]}”; parameters are {', '.join(known)}.")


class FunnelList(APIView):
    """The funnels there are."""

    permission_classes = (MayReadJourneys,)

    @extend_schema(operation_id="funnels", responses={200: FunnelSerializer(many=True), **PROBLEMS})
    def get(self, request: Request) -> Response:
        return Response(
            [
                {
                    "slug": funnel.slug,
                    "name": funnel.name,
                    "question": funnel.question,
                    "steps": funnel.labels,
                    "order": funnel.order.value,
                    "window_seconds": funnel.window_us // SECOND_US,
                }
                for funnel in saved.every_funnel().values()
            ]
        )


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Any other address of the API: programs are answered as programs, not with the shop's page."""

    permission_classes = (MayReadJourneys,)

    def get(self, request: Request) -> Response:
        raise NotFound("There is nothing at this address; /api/schema/ names those there are.")

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self.get(request)


class FunnelDetail(APIView):
    """One funnel: how many journeys reached each step, with rates and their 95 % Wilson bounds."""

    permission_classes = (MayReadJourneys,)

    @extend_schema(
        operation_id="funnel",
        parameters=PARAMETERS,
        responses={200: ReportSerializer, 400: ProblemSerializer, 404: ProblemSerializer, **PROBLEMS},
    )
    def get(self, request: Request, slug: str) -> Response:
        funnel = saved.find(slug)
        if funnel is None:
            raise NotFound(f"There is no funnel “{slug}”; funnels are {', '.join(saved.every_funnel())}.")
        return answer(request.query_params, PARAMETERS, lambda: funnel)


class AnyFunnel(APIView):
    """Any funnel, asked for as on the command line: steps, window, order, unit."""

    permission_classes = (MayReadJourneys,)

    @extend_schema(
        operation_id="any_funnel",
        parameters=[*ANY_FUNNEL, *PARAMETERS],
        responses={200: ReportSerializer, 400: ProblemSerializer, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        return answer(asked, [*ANY_FUNNEL, *PARAMETERS], lambda: funnel_from(asked))
