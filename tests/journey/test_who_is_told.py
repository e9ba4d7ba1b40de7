"""When steps go to other services as well, that is part of the question, and said wherever it matters."""

import pytest

from journey.consent import REQUIRED
from journey.models import Consent
from tests.journey.test_consent import say

pytestmark = pytest.mark.django_db


def test_a_yes_to_one_service_is_none_to_another_and_all_are_asked_again(walker, settings):
    settings.CONSENT = REQUIRED
    say(walker, "yes")
    settings.FORWARDING = {"posthog": {}}
    page = walker.get("shop:shop").content.decode()
    assert ("data-trail" in page, "PostHog is told as well." in page) == (False, True)
    say(walker, "yes")
    assert "data-trail" in walker.get("shop:shop").content.decode()
    settings.FORWARDING = {"posthog": {}, "ga4": {}}
    page = walker.get("shop:shop").content.decode()
    assert ("data-trail" in page, "Google Analytics and PostHog are told as well." in page) == (False, True)
    assert len({answer.version for answer in Consent.objects.all()}) == 2


def test_who_else_hears_of_steps_is_said_where_they_are_counted_and_where_they_are_deleted(walker, settings):
    assert "hear" not in walker.get("shop:my-data").content.decode()
    settings.FORWARDING = {"tiktok": {}, "ga4": {}, "posthog": {}}
    names = "Google Analytics, TikTok and PostHog"
    assert f"{names} hear of your steps as well." in walker.get("shop:my-data").content.decode()
    say(walker, "yes")
    assert f"What {names} have heard of you" in walker.get("shop:my-data-delete").content.decode()
