"""JSON that is only ever read whole."""

from typing import Any

import orjson
from django.db import models


class JsonText(models.TextField):  # type: ignore[type-arg]
    """An object, kept as the text it arrived as: nobody searches inside, and PostgreSQL's jsonb is a third larger."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    _pyi_lookup_exact_type: Any

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else orjson.loads(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def to_python(self, value: Any) -> Any:
        return orjson.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)
