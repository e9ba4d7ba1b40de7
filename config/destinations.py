"""Where events are sent on to, as the environment says; a key that is missing stops the start."""

from django.core.exceptions import ImproperlyConfigured

from config.env import env_list, env_str, env_url

# What each needs, and where it usually is. GA4's keys are GA4_MEASUREMENT_ID and GA4_API_SECRET, and so on.
NEEDS = {
    "ga4": ("measurement_id", "api_secret"),
    "tiktok": ("pixel_code", "access_token"),
    "posthog": ("api_key",),
}
URLS = {
    "ga4": "https://www.google-analytics.com/mp/collect",
    "tiktok": "https://business-api.tiktok.com/open_api/v1.3/event/track/",
    "posthog": "https://us.i.posthog.com/batch/",
}
SECONDS = 5.0


def forwarding() -> dict[str, dict[str, str]]:
    """The address and the keys of every destination in FORWARD_TO."""
    names = env_list("FORWARD_TO", [])
    if unknown := set(names) - set(NEEDS):
        raise ImproperlyConfigured(f"FORWARD_TO names {min(unknown)!r}, but must be some of {', '.join(NEEDS)}.")
    return {name: _keys(name) | {"url": env_url(f"{name.upper()}_URL", URLS[name])} for name in names}


def _keys(name: str) -> dict[str, str]:
    keys = {need: env_str(f"{name}_{need}".upper(), "") for need in NEEDS[name]}
    if missing := [f"{name}_{need}".upper() for need, value in keys.items() if not value]:
        raise ImproperlyConfigured(f"FORWARD_TO names {name!r}: set {' and '.join(missing)}.")
    return keys


def wake_ups(names: dict[str, dict[str, str]]) -> dict[str, dict]:
    """One for each destination: one that is down keeps no other waiting."""
    schedule = {
        f"forward to {name}": {
            "task": "analytics.tasks.forward",
            "args": (name,),
            "schedule": SECONDS,
            "options": {"expires": 2 * SECONDS},
        }
        for name in names
    }
    tidy = {"task": "analytics.tasks.tidy_forwarding", "schedule": 3600.0, "options": {"expires": 3600.0}}
    return schedule | {"tidy up what was forwarded": tidy}
