"""{% omission_link experiment %}: from the results of a study of omissions to its ranking."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from journey.models import Experiment
from journey.omissions import left_out

register = template.Library()
LINK = '<p class="note"><a href="{}">Rank what each part of the page contributes</a></p>'


@register.simple_tag
def omission_link(experiment: Experiment) -> SafeString:
    """Nothing for any other experiment."""
    address = reverse("experiment_omission", args=[experiment.slug])
    return format_html(LINK, address) if left_out(experiment) else SafeString("")
