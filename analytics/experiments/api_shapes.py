"""How the API's answer about results is described; `api_results.py` fills it."""

from typing import Any

from rest_framework import serializers

from journey.models import Experiment


class IntervalShape(serializers.Serializer[Any]):
    value = serializers.FloatField(help_text="0.1 is 10 % more than the control.")
    low = serializers.FloatField()
    high = serializers.FloatField()
    p = serializers.FloatField()
    holds_always = serializers.BooleanField(help_text="Whether it may be looked at at any time.")


class ExposedStepShape(serializers.Serializer[Any]):
    step = serializers.CharField()
    is_goal = serializers.BooleanField()
    count = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True, help_text="Of all who were exposed.")
    low = serializers.FloatField(allow_null=True, help_text="Of rate: 95 % Wilson.")
    high = serializers.FloatField(allow_null=True)
    of_previous = serializers.FloatField(allow_null=True, help_text="Says where arms part; no fair comparison.")
    lift = IntervalShape(allow_null=True)


class MetricShape(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="As an experiment names it.")
    name = serializers.CharField()
    unit = serializers.CharField(help_text="Of value: share, cents, ms or ratio.")
    value = serializers.FloatField()
    lift = IntervalShape(
        allow_null=True,
        help_text="More is better, whatever is measured. Of a ratio it is how much lower it is: 0.1 is 10 in 100.",
    )


class OtherMetricShape(MetricShape):
    q = serializers.FloatField(
        allow_null=True, help_text="The share of those at least this sure that is expected to be chance."
    )


class VerdictShape(serializers.Serializer[Any]):
    verdict = serializers.CharField(help_text="invalid, roll back, ship, no effect or keep running.")
    words = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    days_left = serializers.IntegerField(allow_null=True)


class ArmShape(serializers.Serializer[Any]):
    arm = serializers.CharField()
    exposed = serializers.IntegerField()
    crossed = serializers.IntegerField(help_text="Of them, who saw a second arm as well.")
    steps = ExposedStepShape(many=True)
    goal = MetricShape()
    goal_lift_with_before = IntervalShape(allow_null=True, help_text="Less noise: corrected by what they did before.")
    chance_better = serializers.FloatField(allow_null=True)
    expected_loss = serializers.FloatField(allow_null=True)
    median_to_goal = serializers.CharField(allow_blank=True)
    revenue_cents = serializers.FloatField(help_text="A participant.")
    revenue_lift = IntervalShape(allow_null=True)
    guardrails = MetricShape(many=True)
    secondary = OtherMetricShape(many=True)
    verdict = VerdictShape(allow_null=True, help_text="null for the control.")


class HealthShape(serializers.Serializer[Any]):
    is_sound = serializers.BooleanField()
    problems = serializers.ListField(child=serializers.CharField())
    split_chi2 = serializers.FloatField(allow_null=True)
    split_p = serializers.FloatField()
    crossed = serializers.FloatField(help_text="Share of the exposed who saw a second arm as well.")


class ResultsShape(serializers.Serializer[Any]):
    experiment = serializers.CharField()
    state = serializers.ChoiceField(Experiment.State.choices)
    reading = serializers.ChoiceField(Experiment.Reading.choices)
    days = serializers.IntegerField()
    exposed = serializers.IntegerField()
    health = HealthShape()
    arms = ArmShape(many=True)
