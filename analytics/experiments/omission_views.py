"""The page that ranks what each block of a page contributes."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from journey.models import Experiment
from journey.omissions import left_out


@permission_required("analytics.view_journey", raise_exception=True)
def omission(request: HttpRequest, slug: str) -> HttpResponse:
    from analytics.experiments.omission_pages import as_context  # scipy: only for whoever reads a study

    experiment = get_object_or_404(Experiment, slug=slug)
    names = left_out(experiment)
    if not names:
        raise Http404("The arms of this experiment do not leave out one thing each.")
    context = admin.site.each_context(request) | as_context(experiment, names, request.GET.dict())
    return render(request, "admin/analytics/experiment/omission.html", context | {"title": experiment.name})
