"""Where events are sent on to, as the environment says; a key that is missing stops the start."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from config.env import env_list, env_str, env_url

# What each is sent with; all of it has to be set, except for the address.
DESTINATIONS: dict[str, Callable[[], dict[str, str]]] = {
    "ga4": lambda: {
        "measurement_id": env_str("GA4_MEASUREMENT_ID", ""),
        "api_secret": env_str("GA4_API_SECRET", ""),
        "url": env_url("GA4_URL", "https://www.google-analytics.com/mp/collect"),
    },
    "tiktok": lambda: {
        "pixel_code": env_str("TIKTOK_PIXEL_CODE", ""),
        "access_token": env_str("TIKTOK_ACCESS_TOKEN", ""),
        "url": env_url("TIKTOK_URL", "https://business-api.tiktok.com/open_api/v1.3/event/track/"),
    },
    "posthog": lambda: {
        "api_key": env_str("POSTHOG_API_KEY", ""),
        "url": env_url("POSTHOG_URL", "https://us.i.posthog.com/batch/"),
    },
}
SECONDS = 5.0


def forwarding() -> dict[str, dict[str, str]]:
    """The address and the keys of every destination in FORWARD_TO."""
    names = env_list("FORWARD_TO", [])
    if unknown := set(names) - set(DESTINATIONS):
        raise ImproperlyConfigured(f"FORWARD_TO names {min(unknown)!r}, but must be some of {', '.join(DESTINATIONS)}.")
    return {name: _complete(name, DESTINATIONS[name]()) for name in names}


def _complete(name: str, keys: dict[str, str]) -> dict[str, str]:
    if missing := [f"{name}_{key}".upper() for key, value in keys.items() if not value]:
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
