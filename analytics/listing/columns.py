"""What stands in a row of the list: who came when, for what, how far, and what they met."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Length
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from analytics.listing.asked import COLUMNS, SIGNS, WORDS
from analytics.listing.words import without_video
from analytics.models import STAGES, Journey
from analytics.screens.charts import duration
from analytics.screens.slugs import named, picture, poster
from analytics.semantics.funnels import SECOND_US
from analytics.written import amount

HARD = "\N{NO-BREAK SPACE}"
SAID = {"purchase": "bought", "ticket": "ticket", "refund": "paid back", "error": "error", "anger": "tapped in vain"}


class Columns:
    """The cells of a journey, in the order of a sentence."""

    list_display = ("began", "who", "came_for", "furthest", "steps", "took", "signs", "revenue", "by", "source_of")

    @admin.display(description="began (UTC)", ordering="start")
    def began(self, journey: Journey) -> str:
        day, _, time = moment(journey).rpartition(" ")
        return format_html("<span class='when'>{} <b>{}</b></span>", day, time)

    @admin.display(description="participant", ordering="participant")
    def who(self, journey: Any) -> str:
        return _drawn("who", journey=journey)

    @admin.display(description="came for", ordering="video")
    def came_for(self, journey: Journey) -> str:
        return _drawn(
            "came_for",
            journey=journey,
            poster=poster(journey.video) or picture(journey.product),
            video=named(journey.video),
            product=named(journey.product),
        )

    @admin.display(description="furthest stage", ordering="stage")
    def furthest(self, journey: Journey) -> str:
        return dots(journey)

    @admin.display(description="steps", ordering=Length("path"))
    def steps(self, journey: Journey) -> str:
        return _number(f"{len(journey.path):,}")

    @admin.display(description="took", ordering=F("stop") - F("start"))
    def took(self, journey: Journey) -> str:
        return _number(duration(journey.stop - journey.start).replace(" ", HARD))

    @admin.display(description="met")
    def signs(self, journey: Journey) -> str:
        return _drawn("signs", signs=[(sign, SAID[sign]) for sign in signs_of(journey.path)])

    @admin.display(description="revenue", ordering="revenue_cents")
    def revenue(self, journey: Journey) -> str:
        cents = journey.revenue_cents
        return _number(amount(cents) if cents else "")

    @admin.display(description="with", ordering="device")
    def by(self, journey: Journey) -> str:
        return _drawn("lines", lines=[journey.device, journey.browser])

    @admin.display(description="from", ordering="source")
    def source_of(self, journey: Any) -> str:
        return _drawn("lines", lines=[journey.source, getattr(journey, "campaign", ""), *journey.arms.split(";")])


def moment(journey: Journey) -> str:
    at = datetime.fromtimestamp(journey.start // SECOND_US, UTC)
    return f"{at.day} {at:%b %Y %H:%M:%S}"


def dots(journey: Journey) -> SafeString:
    """The furthest stage as a path of six dots."""
    reached = [number <= journey.stage for number, _ in STAGES[1:]]
    label = journey.get_stage_display() if journey.stage else without_video(journey.path)
    return _drawn("stages", dots=reached, stage=journey.stage, label=label)


def context_of(journey: Journey) -> list[tuple[str, str, str]]:
    """Label, value, address of whatever is known of where a journey came from and with what."""
    said = [(column, str(getattr(journey, column))) for column in COLUMNS if getattr(journey, column)]
    return [(WORDS.get(column, column).capitalize(), value, _others(column, value)) for column, value in said]


def _others(column: str, value: str) -> str:
    """The list of journeys with this value."""
    return f"{reverse('admin:analytics_journey_changelist')}?{urlencode({f'{column}__exact': value})}"


def signs_of(path: str) -> list[str]:
    """Names of SIGNS: what a walk met that one wants to know of before opening it."""
    letters = set(path)
    return [sign for sign, steps in SIGNS.items() if letters & {step.letter for step in steps}]


def _drawn(cell: str, **context: Any) -> SafeString:
    return render_to_string(f"admin/analytics/journey/cells/{cell}.html", context)


def _number(text: str) -> str:
    return format_html("<span class='number'>{}</span>", text)
