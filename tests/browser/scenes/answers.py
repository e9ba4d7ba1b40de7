"""What somebody has said about being counted, as their browser keeps it."""

from django.http import HttpResponse

from journey import consent


def cookie(yes: bool = True, version: int = consent.CONSENT_VERSION) -> str:
    response = HttpResponse()
    consent.remember(response, yes, to=version)
    return response.cookies[consent.COOKIE].value
