"""One click in the admin drafts the experiment that leaves out each part of a page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from journey.omissions import draft_study

NEEDED = "journey.add_experiment", "journey.add_variant"
DRAFTED = "A draft with {} arms: the control, and one without each part. Look at it, and start it."


def leave_out(request: HttpRequest) -> HttpResponse:
    """POST slot=product/body; what cannot be left out is told, each in a sentence."""
    if request.method != "POST" or not request.user.has_perms(NEEDED):
        raise PermissionDenied
    try:
        experiment, refused = draft_study(request.POST.get("slot", ""))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("admin:journey_variant_changelist"))
    messages.success(request, DRAFTED.format(experiment.arms.count()))
    for sentence in refused:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:journey_experiment_change", args=[experiment.pk]))
