"""The cache of drawings for all processes: one that is away, or talks nonsense, remembers nothing and stops nobody."""

import logging
import pickle
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
# What pickle raises for what another program has written.
NONSENSE = (pickle.UnpicklingError, EOFError, ImportError, AttributeError, IndexError, KeyError, ValueError, TypeError)


class ForgetfulRedis(RedisCache):
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except (RedisError, *NONSENSE) as error:
            logger.warning("The cache of drawings was not read: %s", error)
            return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except RedisError as error:
            logger.warning("The cache of drawings was not written: %s", error)
