"""Where events can go: a small file each, and which of them are on."""

from types import ModuleType

from django.conf import settings

from analytics.forwarding import ga4, posthog, tiktok

ALL: dict[str, ModuleType] = {"ga4": ga4, "tiktok": tiktok, "posthog": posthog}


def active() -> dict[str, ModuleType]:
    return {name: ALL[name] for name in settings.FORWARDING}
