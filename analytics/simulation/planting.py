"""Effects as they are typed, "trust-first:add_to_cart=+0.10", and the running arms that they are meant for."""

from collections.abc import Iterable, Mapping

from analytics.simulation.arms import running
from analytics.simulation.effects import LIFTABLE, Effect
from journey.models import Arm
from journey.steps import Step

FORM = "An effect is written VARIANT:STEP=LIFT, like trust-first:add_to_cart=+0.10"


class NotPlanted(ValueError):
    """Why an effect cannot be planted, in words."""


def planted(texts: Iterable[str]) -> dict[str, Effect]:
    """ "experiment=arm" → effect, for arms that run. A variant stands for every arm that shows it."""
    lifts: dict[str, dict[Step, float]] = {}
    arms = running_arms()
    for text in texts:
        who, step, lift = _parts(text)
        for arm in _meant(who, arms):
            mine = lifts.setdefault(arm, {})
            mine[step] = (1 + mine.get(step, 0.0)) * (1 + lift) - 1
    return {arm: Effect(mine) for arm, mine in lifts.items()}


def running_arms() -> Mapping[str, str]:
    """ "experiment=arm" → slug of its variant, or "" of the control's. Raises NotPlanted when nothing runs."""
    if not (slugs := [experiment.slug for experiment in running()]):
        raise NotPlanted("No experiment is running, so that there are no arms that could differ: start one first.")
    arms = Arm.objects.filter(experiment__slug__in=slugs).order_by("experiment__slug", "pk")
    rows = arms.values_list("experiment__slug", "slug", "variant__slug")
    return {f"{experiment}={arm}": variant or "" for experiment, arm, variant in rows}


def _parts(text: str) -> tuple[str, Step, float]:
    who, colon, rest = text.rpartition(":")
    name, equals, number = rest.partition("=")
    if not (who and colon and equals):
        raise NotPlanted(f"{FORM}; not {text!r}.")
    if name not in set(LIFTABLE):
        raise NotPlanted(f"No lift can be planted in the step {name!r}, only in: {', '.join(LIFTABLE)}.")
    try:
        lift = float(number)
    except ValueError:
        raise NotPlanted(f"{FORM}; {number!r} is no number.") from None
    if not -1 <= lift <= 10:
        raise NotPlanted(f"A lift is from -1 (nobody) to 10 (eleven times as many), not {number}.")
    return who, Step.named(name), lift


def _meant(who: str, arms: Mapping[str, str]) -> list[str]:
    """An arm by its full name, the arms of a variant, or the only arm that is called so."""
    named = [arm for arm in arms if arm.partition("=")[2] == who]
    if found := [arm for arm, variant in arms.items() if who in (arm, variant)] or (named if len(named) == 1 else []):
        return found
    if named:
        raise NotPlanted(f"Several arms are called {who!r}: say which, {' or '.join(named)}.")
    there = ", ".join(f"{arm} ({variant})" if variant else arm for arm, variant in arms.items())
    raise NotPlanted(f"There is no variant or arm {who!r} in a running experiment, only: {there}.")
