"""How a beacon's body is read: strictly, and never more of it than a beacon may hold."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser


class TooLarge(APIException):
    status_code = 413
    default_detail = "A beacon is at most 64 kB."


class BeaconParser(BaseParser):
    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return strict_json(stream.read(settings.BEACON_MAX_BYTES + 1))


def strict_json(body: bytes) -> Any:
    """UTF-8, no NaN, at most 1,024 levels deep: orjson's own limits."""
    if len(body) > settings.BEACON_MAX_BYTES:
        raise TooLarge
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"This is not JSON: {error}") from None
