"""From a verdict to the test of its fix: a variant and an experiment, written as drafts that a person starts."""

from math import ceil
from typing import NamedTuple

from django.db import transaction

from analytics.diagnosis.cases import Case
from analytics.diagnosis.evidence import percent
from analytics.diagnosis.money import chain_of
from analytics.diagnosis.verdicts import Test, Verdict
from analytics.experiments.metrics import LEAST_EACH
from analytics.semantics.funnels import PATH, SHOP, Funnel
from analytics.shares import Share
from analytics.videos.fields import share
from journey.models import Arm, Experiment, Variant
from journey.steps import Step

USUAL_DAYS, LEAST_DAYS, MOST_DAYS = 14, 7, 90
LEAST_WORTH, MOST_WORTH = 0.5, 50.0  # percent
CONTROL, REVENUE = "control", "revenue"


class Goal(NamedTuple):
    """The step that a fix is to mend: its rate in a chain or a case, in words, and where an experiment has it."""

    rate: str
    words: str
    step: Step
    funnel: Funnel

    @property
    def metric(self) -> str:
        """As an experiment names it: by its place in its funnel."""
        return f"step:{next(k for k, asked in enumerate(self.funnel.steps) if self.step in asked)}"


SEEN = Goal("left", "see the product, of those to whom the video is shown", Step.VIEW_PROMOTION, PATH)
TAPPED = Goal("ctr", "tap the product, of those who see it", Step.SELECT_PROMOTION, PATH)
CARTED = Goal("cart", "fill the cart, of those who open the page", Step.ADD_TO_CART, SHOP)
BEGUN = Goal("checkout", "go to the checkout, of those with a cart", Step.BEGIN_CHECKOUT, SHOP)
ADDRESSED = Goal("address", "give an address, of those at the checkout", Step.ADD_SHIPPING_INFO, PATH)
GOALS = {
    "D04": SEEN,
    **dict.fromkeys(("D05", "D06", "D07", "D08"), TAPPED),
    "D17": BEGUN,
    **dict.fromkeys(("D18", "D20"), ADDRESSED),
}


def goal_of(key: str) -> Goal:
    return GOALS.get(key, CARTED)


class Trial(NamedTuple):
    """What a test of a fix takes that may be looked at every day: the step's rate now and as it is hoped for, people
    in each arm, days at the present pace. All of it among those who come to this one; in the whole shop, where an
    experiment runs, the same is a smaller lift that takes longer.
    """

    goal: Goal
    now: Share
    hoped: float
    each: int
    days: int
    shop_lift: float = 0.0  # 0 where it is not known
    shop_days: int = 0

    @property
    def is_long(self) -> bool:
        return self.days > MOST_DAYS


def trial_of(verdict: Verdict, case: Case) -> Trial | None:
    """None where no variant can help, or nothing is known of the step."""
    goal = goal_of(verdict.key)
    now, hoped = _rate(case, goal.rate), case.bands[goal.rate].typical
    if not verdict.test or not verdict.test.is_design or not now or not 0 < now.value < hoped < 1:
        return None
    here = _takes(now, hoped / now.value - 1, case.days)
    trial = Trial(goal, now, hoped, *here)
    whole = case.rates.get(goal.rate)
    lift = (hoped - now.value) * now.whole / whole.part if whole else 0.0
    if not whole or not 0 < whole.value * (1 + lift) < 1:
        return trial
    return trial._replace(shop_lift=lift, shop_days=_takes(whole, lift, case.shop_days)[1])


def _takes(now: Share, lift: float, days: int) -> tuple[int, int]:
    """People in each arm, and days."""
    from analytics.experiments.planning import Traffic, plans  # numpy and scipy: only for who wants to test something

    traffic = Traffic(max(1, days), now.whole, now.part)
    (plan,) = plans(traffic, arms=2, share=100, lifts=[lift])
    each = max(plan.always, LEAST_EACH)  # before that no interval is shown, however large the effect
    return each, max(plan.days_always or 0, ceil(2 * each / traffic.a_day))


def _rate(case: Case, step: str) -> Share | None:
    if step != "left":
        return chain_of(case.sale).get(step)
    return share(case.video.anchors_seen, case.video.showings) if case.video else None


@transaction.atomic
def draft(verdict: Verdict, trial: Trial | None, subject: str, by: str) -> tuple[Experiment, bool]:
    """The experiment that tests the fix, and whether it is new: pressed twice, it is one.

    Raises ValidationError, and IntegrityError where somebody else makes it at the same moment: try again.
    """
    test = verdict.test
    if not test or not test.is_design:
        raise ValueError("No variant can test this.")
    variant = _variant(test, by)
    slug = f"{test.slug}-{subject}"[:40].strip("-")
    if known := Experiment.objects.filter(slug=slug, state=Experiment.State.DRAFT).first():
        return known, False
    experiment = Experiment(slug=_free(Experiment, slug, 40), name=_name(test, subject), **_plan(verdict, trial))
    experiment.full_clean()
    experiment.save()
    Arm.objects.create(experiment=experiment, slug=CONTROL, weight=50)
    Arm.objects.create(experiment=experiment, slug=variant.slug[:20].strip("-"), variant=variant, weight=50)
    return experiment, True


def _variant(test: Test, by: str) -> Variant:
    """The one that draws just this, if there is one that not everyone sees already."""
    for known in Variant.objects.filter(slug__startswith=test.slug, shipped_at=None).order_by("pk"):
        if (known.slots, known.values) == (test.slots, test.values):
            return known
    slug = _free(Variant, test.slug, 50)
    made = Variant(slug=slug, name=test.name, note=test.why, slots=test.slots, values=test.values)
    made.full_clean()
    made.save()
    made.versions.create(slots=made.slots, values=made.values, by=by)
    return made


def _free(model: type[Variant] | type[Experiment], slug: str, longest: int) -> str:
    taken, n, found = set(model.objects.values_list("slug", flat=True)), 2, slug
    while found in taken:
        found, n = f"{slug[: longest - 4].strip('-')}-{n}", n + 1
    return found


def _name(test: Test, subject: str) -> str:
    return f"{test.name}: {subject.replace('-', ' ')}"[:100] if subject else test.name


def _plan(verdict: Verdict, trial: Trial | None) -> dict[str, object]:
    goal = goal_of(verdict.key)
    planned: dict[str, object] = {
        "funnel": goal.funnel.slug,
        "goal": goal.metric,
        "secondary": [REVENUE],
        "hypothesis": hypothesis(verdict, trial),
    }
    if trial and trial.shop_lift:
        # What the fix of this one alone would do to everybody's rate: a smaller lift would not be worth it.
        planned["worth_percent"] = min(MOST_WORTH, max(LEAST_WORTH, round(100 * trial.shop_lift, 1)))
    days = (trial and (trial.shop_days or trial.days)) or USUAL_DAYS
    planned["planned_days"] = min(MOST_DAYS, max(LEAST_DAYS, days))
    return planned


def hypothesis(verdict: Verdict, trial: Trial | None) -> str:
    """What changes, for whom, and why it should help: in whole sentences that a person goes on writing."""
    assert verdict.test  # noqa: S101
    cause = f"{verdict.key} {verdict.name}: {verdict.sentence}"
    hoped = f"If that is the cause, more people {goal_of(verdict.key).words}"
    if trial:
        hoped += f": {percent(trial.hoped)} instead of {percent(trial.now.value)}"
    if trial and trial.shop_lift:
        hoped += f". In the whole shop, where everybody sees it, that alone is a lift of {percent(trial.shop_lift)}"
    return f"{cause}\n\nWhat changes: {verdict.test.name}. {verdict.test.why}\n\n{hoped}."
