"""A set of keys of any size as one parameter: a list of a hundred thousand would be parsed word by word."""

from typing import Any

import orjson
from django.db.models import BigAutoField, Lookup


@BigAutoField.register_lookup
class Among(Lookup):
    """`filter(pk__among=keys)`: the database takes the keys out of one text."""

    lookup_name = "among"
    prepare_rhs = False
    # PostgreSQL looks at the length of an array before it plans; of a list made of JSON it would expect a hundred.
    ways = {"postgresql": "{} = ANY(%s::bigint[])", "sqlite": "{} IN (SELECT value FROM json_each(%s))"}

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        keys = orjson.dumps(self.rhs).decode()
        keys = f"{{{keys[1:-1]}}}" if connection.vendor == "postgresql" else keys
        return self.ways[connection.vendor].format(column), (*params, keys)
