"""What the API says and takes of experiments."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework import serializers

from analytics.semantics.funnels import FUNNELS
from journey.experiment_form import missing_step
from journey.models import Arm, Change, Experiment, RampStep, Variant

DEVICES = ("phone", "tablet", "desktop")
MOST = 20  # of each list
MOST_PERCENT = 1_000.0


class BySlug(serializers.SlugRelatedField[Variant]):
    def to_internal_value(self, data: Any) -> Any:
        """PostgreSQL takes no NUL in a text: nothing is called so."""
        if "\0" in str(data):
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))
        return super().to_internal_value(data)


class ArmFields(serializers.ModelSerializer[Arm]):
    variant = BySlug(
        slug_field="slug",
        queryset=Variant.objects.all(),
        allow_null=True,
        default=None,
        help_text="Slug of a design; null is the control.",
        error_messages={"does_not_exist": "There is no design “{value}”."},
    )
    weight = serializers.IntegerField(min_value=0, max_value=1_000, default=50)

    class Meta:
        model = Arm
        fields = ("slug", "variant", "weight")


class RampFields(serializers.ModelSerializer[RampStep]):
    day = serializers.IntegerField(min_value=1, max_value=365, help_text="Whole days after the start.")

    class Meta:
        model = RampStep
        fields = ("day", "share")


class ExperimentFields(serializers.ModelSerializer[Experiment]):
    arms = ArmFields(many=True, required=False, max_length=MOST)  # type: ignore[call-arg]
    ramp = RampFields(many=True, required=False, max_length=MOST)  # type: ignore[call-arg]
    devices = serializers.ListField(
        child=serializers.ChoiceField(DEVICES), required=False, max_length=len(DEVICES), help_text="Empty: every one."
    )
    sources = serializers.ListField(child=serializers.CharField(max_length=80), required=False, max_length=MOST)
    videos = serializers.ListField(child=serializers.SlugField(max_length=80), required=False, max_length=MOST)
    guardrails = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=MOST)
    secondary = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=MOST)
    funnel = serializers.ChoiceField([*FUNNELS], default="shop", help_text="Whose goal is the goal.")
    worth_percent = serializers.FloatField(min_value=0.1, max_value=MOST_PERCENT, default=5.0)
    bearable_percent = serializers.FloatField(min_value=0.0, max_value=MOST_PERCENT, default=5.0)
    planned_days = serializers.IntegerField(min_value=7, max_value=365, default=14)

    class Meta:
        model = Experiment
        fields = (
            *("slug", "name", "state", "hypothesis", "arms", "share", "ramp", "ramp_stopped"),
            *("visit", "devices", "sources", "videos"),
            *("funnel", "goal", "secondary", "guardrails", "reading"),
            *("worth_percent", "bearable_percent", "planned_days"),
            *("started_at", "stopped_at", "decision"),
        )
        read_only_fields = ("state", "ramp_stopped", "started_at", "stopped_at", "decision")

    def to_internal_value(self, data: Any) -> Any:
        """A name with a slip in it would be left out in silence, and the experiment be another one."""
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError(
                {str(unknown[0]): f"There is no such field; fields are {', '.join(self.fields)}."}
            )
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Metrics and videos are those that the form in the admin offers."""
        offered = import_string(settings.EXPERIMENT_CHOICES)()
        for name in ("goal", "guardrails", "secondary", "videos"):
            said = attrs.get(name) or []
            said, known = [said] if isinstance(said, str) else said, [value for value, _ in offered[name] if value]
            if wrong := next((one for one in said if one not in known), None):
                raise serializers.ValidationError({name: f"There is no “{wrong}”; there are {', '.join(known)}."})
            if problem := missing_step(dict(offered["steps"]), attrs["funnel"], said):
                raise serializers.ValidationError({name: problem})
        return attrs

    def validate_arms(self, arms: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _each_once(arms, "slug", "There are two arms “{}”.")

    def validate_ramp(self, ramp: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _each_once(ramp, "day", "Day {} stands there twice.")

    def create(self, validated_data: dict[str, Any]) -> Experiment:
        arms, ramp = validated_data.pop("arms", []), validated_data.pop("ramp", [])
        experiment = Experiment(**validated_data)
        experiment.full_clean()
        experiment.save()
        for arm in arms:
            experiment.arms.create(**arm)
        for step in ramp:
            experiment.ramp.create(**step)
        return experiment


def _each_once(rows: list[dict[str, Any]], name: str, sentence: str) -> list[dict[str, Any]]:
    said = [row[name] for row in rows]
    if twice := next((one for one in said if said.count(one) > 1), None):
        raise serializers.ValidationError(sentence.format(twice))
    return rows


class GrowFields(serializers.Serializer[Any]):
    share = serializers.IntegerField(min_value=1, max_value=100, help_text="Percent of participants, more than now.")


class ShipFields(serializers.Serializer[Any]):
    arm = serializers.SlugField(help_text="Slug of the arm that everyone sees from now on.")


class ChangeFields(serializers.ModelSerializer[Change]):
    changes = serializers.SerializerMethodField(help_text="Each as it is read: what, old → new.")

    class Meta:
        model = Change
        fields = ("at", "by", "through", "changes")

    def get_changes(self, change: Change) -> list[str]:
        return change.words.splitlines()
