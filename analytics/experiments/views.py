"""The results page of an experiment, and the buttons that end it."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from journey import experimenting
from journey.models import Experiment

MAY_DECIDE = "journey.change_experiment"


@permission_required("analytics.view_journey", raise_exception=True)
def results(request: HttpRequest, slug: str) -> HttpResponse:
    from analytics.experiments.pages import as_context  # scipy: only for whoever reads an experiment

    experiment = get_object_or_404(Experiment, slug=slug)
    may_decide = request.user.has_perm(MAY_DECIDE)
    if request.method == "POST" and may_decide:
        _decide(request, experiment)
        return redirect("experiment_results", slug)
    context = admin.site.each_context(request) | as_context(experiment, request.GET.dict())
    arms = experiment.arms.select_related("variant")
    shown = [arm.variant for arm in arms if arm.variant and arm.variant.shipped_at]
    more = {"title": experiment.name, "may_decide": may_decide, "arms": arms, "shown": shown}
    return render(request, "admin/analytics/experiment/results.html", context | more)


def _decide(request: HttpRequest, experiment: Experiment) -> None:
    try:
        if ship := request.POST.get("ship"):
            experimenting.ship(experiment, get_object_or_404(experiment.arms, slug=ship))
            messages.success(request, f"Decided: {experiment.decision}.")
        elif request.POST.get("act") == "resume_ramp":
            experimenting.resume_ramp(experiment)
            messages.success(request, "It grows again by itself, while nothing is wrong.")
        else:
            experimenting.stop(experiment)
            messages.success(request, "Stopped. Look at the results and decide.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
