"""Which participants a number of an experiment counts, and the journeys in which they were exposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from analytics.answers.next_steps import LEFT
from analytics.experiments.models import Unit
from analytics.semantics.funnels import FUNNELS, Funnel
from analytics.semantics.notation import BadQuestion
from journey.models import Experiment
from journey.steps import Step

PARAMETER = "exposed"
ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Members:
    """Units of an arm; of these, when `lost` is a place of its funnel, those who came just before it and not to it,
    and went to `then` instead: the name of a step, LEFT, or anywhere.
    """

    experiment: str
    arm: str
    lost: int | None = None
    then: str = ANYWHERE

    @property
    def text(self) -> str:
        """In an address: trust=control,2,view_feed; steps count from 1 where people read them."""
        parts = [f"{self.experiment}={self.arm}"]
        if self.lost is not None:
            parts += [str(self.lost + 1), *filter(None, [self.then])]
        return ",".join(parts)

    @property
    def sentence(self) -> str:
        said = f"exposed to {self.experiment} in {self.arm}"
        if self.lost is not None:
            said += f", lost before {_funnel(self.experiment).labels[self.lost]}"
        return f"{said}, then {self.then.replace('_', ' ')}" if self.then else said

    def units(self) -> "QuerySet[Unit]":
        units: QuerySet[Unit] = Unit.objects.filter(experiment=self.experiment, arm=self.arm)
        if self.lost is not None:
            funnel = _funnel(self.experiment)
            units = lost_before(units, funnel, self.lost)
        if self.then:
            units = units.filter(gone_to="" if self.then == LEFT else Step.named(self.then).letter)
        return units

    def journeys(self) -> Q:
        """The journey of each first exposure: there is one for everybody."""
        theirs = {"participant": OuterRef("participant"), "exposed_at__gte": OuterRef("start")}
        return Q(Exists(self.units().filter(**theirs, exposed_at__lte=OuterRef("stop"))))


def lost_before(units: "QuerySet[Unit]", funnel: Funnel, step: int) -> "QuerySet[Unit]":
    before = funnel.before(step)
    missing = units.annotate(came=F("reached").bitand(1 << step)).filter(came=0)
    if before is None:
        return missing
    return missing.annotate(was=F("reached").bitand(1 << before)).filter(was__gt=0)


def members_from(text: str) -> Members:
    """Raises BadQuestion."""
    name, *rest = text.split(",")
    experiment, equals, arm = name.partition("=")
    lost, then = [*rest, "", ""][:2]
    if not equals or len(rest) > 2 or (lost and not lost.isdecimal()):
        raise BadQuestion(f"“{text}” names no arm; write it like trust=control,2,view_feed.")
    known = Experiment.objects.filter(slug=experiment, arms__slug=arm).exists()
    if not known:
        raise BadQuestion(f"There is no arm “{name}”.")
    place = int(lost[:3]) - 1 if lost else None
    if place is not None and not 0 <= place < len(_funnel(experiment).steps):
        raise BadQuestion(f"The funnel of {experiment} has no step {lost}.")
    if then and then != LEFT:
        try:
            Step.named(then)
        except KeyError:
            raise BadQuestion(f"There is no step “{then}”.") from None
    return Members(experiment, arm, place, then)


def url(members: Members, narrowed: Mapping[str, str]) -> str:
    """The list of exactly these journeys; `narrowed`: what else the list is asked for."""
    return f"{reverse('admin:analytics_journey_changelist')}?{urlencode({PARAMETER: members.text, **narrowed})}"


def _funnel(slug: str) -> Funnel:
    funnel = Experiment.objects.filter(slug=slug).values_list("funnel", flat=True).first()
    if funnel not in FUNNELS:
        raise BadQuestion(f"The funnel of {slug} is not known any more.")
    return FUNNELS[funnel]
