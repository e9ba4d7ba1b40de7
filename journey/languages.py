"""Which language a page speaks where its words have more than one: the best of LANGUAGES that the browser asks for."""

from functools import cache

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import get_language_from_request


@cache
def codes() -> tuple[str, ...]:
    return tuple(code for code, _ in settings.LANGUAGES)


def first() -> str:
    """That of the templates, and of who asks for a language the shop does not speak."""
    return codes()[0]


def of(request: HttpRequest) -> str:
    return get_language_from_request(request)


@receiver(setting_changed)
def forget(**kwargs: object) -> None:
    codes.cache_clear()
