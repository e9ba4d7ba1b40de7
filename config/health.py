"""What a load balancer asks: is this process alive, and can it do its work?"""

import redis
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from journey import sink


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nobody else: who restarts it for a database that is away mends nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """503 only without the database: measurement is a guest, and the shop sells while events wait or are refused."""
    database = _database()
    answer = {"ready": database == "answers", "database": database, "events": _events()}
    return JsonResponse(answer, status=200 if answer["ready"] else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return "answers"


def _events() -> str:
    try:
        return sink.state()
    except (redis.RedisError, DatabaseError):
        return "refused"
