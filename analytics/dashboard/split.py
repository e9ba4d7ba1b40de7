"""Whether the arms of an experiment fill up as their weights say; if not, nothing it measures can be trusted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from analytics.answers.questions import default_kinds
from analytics.dashboard.models import ArmCount
from analytics.experiments.models import Unit
from analytics.experiments.split import BROKEN, WATCH, split
from journey.models import Experiment


@dataclass(frozen=True, slots=True)
class Split:
    """A running experiment: arm → participants, and how likely this split is by chance."""

    pk: int
    slug: str
    name: str
    arms: dict[str, int]
    p: float
    counted_at: datetime | None

    @property
    def is_broken(self) -> bool:
        return self.p < BROKEN

    @property
    def is_odd(self) -> bool:
        return BROKEN <= self.p < WATCH

    @property
    def odds(self) -> str:
        """1,200,000: by chance the arms fill up like this once in so many healthy experiments."""
        return f"{round(1 / self.p):,}" if self.p > 1e-12 else "a million millions"

    @property
    def exposed(self) -> int:
        return sum(self.arms.values())


def splits() -> list[Split]:
    """Two queries and one for the arms; counts are those of the last wake-up."""
    counted: dict[str, dict[str, ArmCount]] = {}
    for row in ArmCount.objects.all():
        counted.setdefault(row.experiment, {})[row.arm] = row
    running = Experiment.objects.filter(state=Experiment.State.RUNNING).order_by("slug").prefetch_related("arms")
    return [_split(experiment, counted.get(experiment.slug, {})) for experiment in running]


def _split(experiment: Experiment, counted: dict[str, ArmCount]) -> Split:
    weights = {arm.slug: arm.weight for arm in experiment.arms.all()}
    strays = {arm: row.participants for arm, row in counted.items() if arm not in weights}
    arms = {arm: counted[arm].participants if arm in counted else 0 for arm in weights} | strays
    at = min((row.counted_at for row in counted.values()), default=None)
    return Split(experiment.pk, experiment.slug, experiment.name, arms, split(arms, weights).p, at)


def count_arms() -> None:
    """Count the participants of every running experiment again. Twice at once is the same answer twice."""
    now, rows = timezone.now(), []
    for slug in Experiment.objects.filter(state=Experiment.State.RUNNING).values_list("slug", flat=True):
        rows += [ArmCount(experiment=slug, arm=arm, participants=n, counted_at=now) for arm, n in _people(slug).items()]
    ArmCount.objects.bulk_create(
        sorted(rows, key=lambda row: (row.experiment, row.arm)),
        update_conflicts=True,
        unique_fields=["experiment", "arm"],
        update_fields=["participants", "counted_at"],
    )
    ArmCount.objects.exclude(experiment__in={row.experiment for row in rows}).delete()


def _people(slug: str) -> dict[str, int]:
    """Participants per arm: those who were exposed."""
    units = Unit.objects.filter(experiment=slug).of_kinds(default_kinds()).order_by()
    return dict(units.values_list("arm").annotate(n=Count("pk")))
