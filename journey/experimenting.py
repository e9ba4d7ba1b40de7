"""The life of an experiment: draft → running ⇄ paused → stopped → decided. What cannot be done is said in words."""

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from journey import audit
from journey.models import Arm, Experiment, Variant
from journey.trails import now_us
from journey.variants import forget

State = Experiment.State
ON_SHOW = {State.RUNNING, State.PAUSED}
RAMP_REASON = 300  # letters


@transaction.atomic
def start(experiment: Experiment) -> None:
    """From now on participants land in arms. A draft that clashes, or compares nothing, is refused."""
    arms = list(experiment.arms.select_related("variant"))
    if sum(arm.weight > 0 for arm in arms) < 2:
        raise ValidationError("An experiment compares at least two arms that have weight.")
    if sum(arm.variant is None for arm in arms) != 1:
        raise ValidationError("One arm, and only one, is the control: an arm without a variant.")
    experiment.refuse_clash([arm.variant for arm in arms if arm.variant])
    check_ramp(experiment)
    experiment.started_at = experiment.started_at or timezone.now()
    _move(experiment, State.RUNNING, {State.DRAFT, State.PAUSED}, started_at=experiment.started_at)
    note_phase(experiment)


def pause(experiment: Experiment) -> None:
    """Everyone sees the control until it goes on; then each is in the same arm as before."""
    _move(experiment, State.PAUSED, {State.RUNNING})


def stop(experiment: Experiment) -> None:
    """Nobody lands in an arm any more. What they do within the window still counts."""
    _move(experiment, State.STOPPED, ON_SHOW, stopped_at=timezone.now())


@transaction.atomic
def grow(experiment: Experiment, share: int) -> None:
    """More traffic for one that runs or is paused; less would throw out participants who are in."""
    if experiment.state not in ON_SHOW:
        raise _not_from_here(experiment, "grow", ON_SHOW)
    check_growth(experiment.share, share)
    with audit.told(experiment):
        on_show = Experiment.objects.filter(pk=experiment.pk, state__in=ON_SHOW)
        if not on_show.filter(share__lt=share).update(share=share):
            raise ValidationError("Somebody else has stopped it or let it grow meanwhile.")
    experiment.refresh_from_db()
    note_phase(experiment)
    forget()


def note_phase(experiment: Experiment) -> None:
    """Write down on which share and weights it is from now on: a split is judged by what was planned at the time."""
    weights = dict(experiment.arms.values_list("slug", "weight"))
    last = experiment.phases[-1] if experiment.phases else {}
    if (last.get("share"), last.get("weights")) != (experiment.share, weights):
        phase = {"at": now_us(), "share": experiment.share, "weights": weights}
        experiment.phases = [*experiment.phases, phase]
        experiment.save(update_fields=["phases"])


@receiver(post_save, sender=Arm)
def note_weights(instance: Arm, **kwargs: object) -> None:
    """Whoever changes the weights of a running experiment, and however."""
    if instance.experiment.state == State.RUNNING and instance.experiment.phases:
        note_phase(instance.experiment)


def check_ramp(experiment: Experiment) -> None:
    """Its share grows from step to step, and from the share it starts with."""
    shares = [experiment.share, *experiment.ramp.values_list("share", flat=True)]
    if experiment.started_at is None and any(later <= earlier for earlier, later in pairwise(shares)):
        steps = " → ".join(f"{share} %" for share in shares)
        raise ValidationError(f"With every step more take part; planned is {steps}.")


def stop_ramp(experiment: Experiment, reason: str) -> None:
    """Its share grows no more by itself; the experiment goes on."""
    with audit.told(experiment):
        known = Experiment.objects.filter(pk=experiment.pk, ramp_stopped="")
        known.update(ramp_stopped=reason[:RAMP_REASON])


def resume_ramp(experiment: Experiment) -> None:
    experiment.ramp_stopped = ""
    experiment.save(update_fields=["ramp_stopped"])


def check_growth(share: int, wanted: int) -> None:
    if not share < wanted <= 100:
        raise ValidationError(f"The share may only grow: from {share} % up to 100 %.")


@transaction.atomic
def ship(experiment: Experiment, arm: Arm) -> None:
    """Everyone sees what this arm showed; shipping the control's arm leaves everything as it is."""
    _move(experiment, State.DECIDED, {State.STOPPED}, decision=f"shipped {arm.slug}")
    if arm.variant:
        arm.variant.shipped_at = timezone.now()
        arm.variant.save(update_fields=["shipped_at"])


@transaction.atomic
def take_back(variant: Variant) -> None:
    """What was shipped is no longer part of the control."""
    variant.shipped_at = None
    variant.save(update_fields=["shipped_at"])


def _move(experiment: Experiment, to: State, where_from: set[State], **changes: object) -> None:
    """One conditional UPDATE decides: of two people who press at once, one is told."""
    with audit.told(experiment):
        moved = Experiment.objects.filter(pk=experiment.pk, state__in=where_from).update(state=to, **changes)
    if not moved:
        experiment.refresh_from_db(fields=["state"])
        raise _not_from_here(experiment, f"be {to}", where_from)
    experiment.refresh_from_db()
    forget()  # this process shows it at once


def _not_from_here(experiment: Experiment, to: str, where_from: set[State]) -> ValidationError:
    now, allowed = experiment.get_state_display(), " or ".join(sorted(where_from))
    return ValidationError(f"This experiment is {now}. To {to}, it has to be {allowed}.")
