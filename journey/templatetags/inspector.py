"""{% inspector %}: an empty place beside the phone, which a script fills on a screen that is wide enough."""

from functools import cache

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from journey.inspector import may_look
from journey.templatetags.journey import address

register = template.Library()

NOT_RECORDED = """<aside class="beside about" aria-label="Journey inspector">
  <h2>Not recorded</h2>
  <p>This visitor's steps are not counted, so there is nothing to inspect.</p>
</aside>"""


@register.simple_tag(takes_context=True)
def inspector(context: Context) -> SafeString:
    """Nothing for a buyer of a shop that is no demo."""
    request = context["request"]
    if not may_look(request):
        return SafeString("")
    if not request.journey.is_recorded:
        return SafeString(NOT_RECORDED)
    trail = request.journey.trail
    return format_html(
        '<aside class="beside inspector" aria-label="Journey inspector" data-inspector="{}" data-style="{}"'
        ' data-panel="{}" data-steps="{}" data-number="{}" data-began="{}" data-step="{}"></aside>',
        _file("journey/inspector.js"), _file("journey/inspector.css"),
        address("journey:inspector"), address("journey:inspector-steps"),
        trail.number, trail.t0 / 1000, _step(request),
    )  # fmt: skip


@cache
def _file(name: str) -> str:
    """The same as long as a process lives, and its name is looked for in a list of all."""
    return static(name)


def _step(request: HttpRequest) -> str:
    """What this page is going to be recorded as, when it is answered well."""
    view = request.resolver_match.func if request.resolver_match else None
    is_place = request.method == "GET" and not request.journey.is_left_out  # type: ignore[attr-defined]
    return str(getattr(view, "step", "")) if is_place else ""
