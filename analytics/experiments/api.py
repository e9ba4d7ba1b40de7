"""Experiments for programs: read, drafted, moved through their life, and their results."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.db import IntegrityError, transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from analytics.api import PROBLEMS, MayReadJourneys, ProblemSerializer, only_known
from analytics.experiments.api_fields import ChangeFields, ExperimentFields, GrowFields, ShipFields
from analytics.experiments.api_shapes import ResultsShape
from analytics.semantics.notation import BadQuestion
from journey import experimenting
from journey.models import Arm, Change, Experiment

NEEDED = {"create": "journey.add_experiment"} | dict.fromkeys(
    ("start", "pause", "stop", "grow", "ship", "take_back"), "journey.change_experiment"
)
CHANGES = 200  # the latest
UNKNOWN, WRONG, FORBIDDEN = ({status: ProblemSerializer} for status in (404, 400, 409))
WHOSE = [
    OpenApiParameter("kind", str, description="Kinds of participants joined by commas, or all."),
    *(
        OpenApiParameter(name, str, description=f"Only this {name}.")
        for name in ("device", "source", "visit", "browser")
    ),
]


class Conflict(APIException):
    status_code = 409
    default_code = "conflict"


class MayMoveExperiments(MayReadJourneys):
    """Who reads experiments is staff who reads funnels; who writes them may in the admin."""

    message = "Changing experiments needs a member of staff who may change them in the admin."

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = NEEDED.get(view.action)
        return super().has_permission(request, view) and (needed is None or request.user.has_perm(needed))


def moving(operation: str, asked: type[serializers.Serializer[Any]] | None = None) -> Callable[[Any], Any]:
    """The description of something that moves an experiment on."""
    refusals: dict[int, Any] = {**PROBLEMS, **UNKNOWN, **FORBIDDEN, **(WRONG if asked else {})}
    return extend_schema(operation_id=operation, request=asked, responses={200: ExperimentFields, **refusals})


class Experiments(ViewSet):
    permission_classes = (MayMoveExperiments,)

    @extend_schema(operation_id="experiments", responses={200: ExperimentFields(many=True), **PROBLEMS})
    def list(self, request: Request) -> Response:
        """The experiments there are, the latest first."""
        every = Experiment.objects.order_by("-pk").prefetch_related("arms__variant", "ramp")
        return Response(ExperimentFields(every, many=True).data)

    @extend_schema(
        operation_id="draft_experiment",
        request=ExperimentFields,
        responses={201: ExperimentFields, **WRONG, **FORBIDDEN, **PROBLEMS},
    )
    def create(self, request: Request) -> Response:
        """A draft, with its arms. Nobody sees it before it is started."""
        fields = ExperimentFields(data=request.data)
        _check(fields)
        try:
            with transaction.atomic():
                made = fields.save()
        except Refused as refusal:
            raise ValidationError({"detail": " ".join(refusal.messages)}) from None
        except IntegrityError:
            raise Conflict(f"There is an experiment “{fields.validated_data['slug']}” already.") from None
        return Response(ExperimentFields(made).data, status=201)

    @extend_schema(operation_id="experiment", responses={200: ExperimentFields, **UNKNOWN, **PROBLEMS})
    def retrieve(self, request: Request, slug: str) -> Response:
        """One experiment: its plan and where it stands."""
        return Response(ExperimentFields(_found(slug)).data)

    @extend_schema(
        operation_id="experiment_results",
        parameters=WHOSE,
        responses={200: ResultsShape, **WRONG, **UNKNOWN, **FORBIDDEN, **PROBLEMS},
    )
    def results(self, request: Request, slug: str) -> Response:
        """Arms, steps, lifts, health and verdict as they stand now: the numbers of its page."""
        from analytics.experiments.api_results import asked  # scipy: only for whoever reads an experiment

        experiment, params = _found(slug), request.query_params
        try:
            only_known(params, [parameter.name for parameter in WHOSE])
            found = asked(experiment, params.dict())
        except BadQuestion as problem:
            raise ValidationError({"detail": str(problem)}) from None
        if found is None:
            raise Conflict("This experiment compares nothing yet: it needs two arms, one of them the control.")
        return Response(found)

    @extend_schema(operation_id="experiment_changes", responses={200: ChangeFields(many=True), **UNKNOWN, **PROBLEMS})
    def changes(self, request: Request, slug: str) -> Response:
        """Who changed what of it, the latest first."""
        of = Change.objects.filter(subject=Change.Subject.EXPERIMENT, number=_found(slug).pk)
        return Response(ChangeFields(of[:CHANGES], many=True).data)

    @moving("start_experiment")
    def start(self, request: Request, slug: str) -> Response:
        """From now on participants land in its arms; a paused one goes on."""
        return _moved(slug, experimenting.start)

    @moving("pause_experiment")
    def pause(self, request: Request, slug: str) -> Response:
        """Everyone sees the control until it goes on."""
        return _moved(slug, experimenting.pause)

    @moving("stop_experiment")
    def stop(self, request: Request, slug: str) -> Response:
        """Nobody lands in an arm any more."""
        return _moved(slug, experimenting.stop)

    @moving("grow_experiment", GrowFields)
    def grow(self, request: Request, slug: str) -> Response:
        """More traffic; who is in stays in."""
        share: int = _said(GrowFields, request)["share"]
        return _moved(slug, lambda experiment: experimenting.grow(experiment, share))

    @moving("ship_experiment", ShipFields)
    def ship(self, request: Request, slug: str) -> Response:
        """Everyone sees what this arm showed."""
        said = _said(ShipFields, request)["arm"]
        return _moved(slug, lambda experiment: experimenting.ship(experiment, _arm(experiment, said)))

    @moving("take_back_experiment")
    def take_back(self, request: Request, slug: str) -> Response:
        """What was shipped of it is no longer part of what everyone sees."""

        def back(experiment: Experiment) -> None:
            shipped = experiment.arms.filter(variant__shipped_at__isnull=False).select_related("variant").first()
            if shipped is None or shipped.variant is None:
                raise Refused("Nothing of this experiment is shown to everyone.")
            experimenting.take_back(shipped.variant)

        return _moved(slug, back)


def _found(slug: str) -> Experiment:
    found = Experiment.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no experiment “{slug}”; /api/experiments/ lists those there are.")
    return found


def _arm(experiment: Experiment, slug: str) -> Arm:
    arms = {arm.slug: arm for arm in experiment.arms.select_related("variant")}
    if slug not in arms:
        raise ValidationError({"detail": f"There is no arm “{slug}”; arms are {', '.join(arms)}."})
    return arms[slug]


def _moved(slug: str, move: Callable[[Experiment], None]) -> Response:
    experiment = _found(slug)
    try:
        move(experiment)
    except Refused as refusal:
        raise Conflict(" ".join(refusal.messages)) from None
    return Response(ExperimentFields(experiment).data)


def _said(shape: type[serializers.Serializer[Any]], request: Request) -> Mapping[str, Any]:
    fields = shape(data=request.data)
    _check(fields)
    said: Mapping[str, Any] = fields.validated_data
    return said


def _check(fields: serializers.Serializer[Any]) -> None:
    if not fields.is_valid():
        raise ValidationError({"detail": " ".join(_sentences("", fields.errors))})


def _sentences(name: str, said: Any) -> "list[str]":
    """Problems of fields, however deep, as one text: “arms slug: …”."""
    if isinstance(said, Mapping):
        inner = ((f"{name} {key}".strip() if key != "non_field_errors" else name, one) for key, one in said.items())
        return [sentence for key, one in inner for sentence in _sentences(key, one)]
    if isinstance(said, list):
        return [sentence for one in said for sentence in _sentences(name, one)]
    return [f"{name}: {said}" if name else str(said)]
