"""What every page of the shop knows."""

from django.conf import settings


def shop(request):
    return {"demo": settings.DEMO}
