"""How many alerts are open, beside their link in the sidebar."""

from django.http import HttpRequest

from analytics.alerts.models import Alert


def open_alerts(request: HttpRequest) -> str:
    """Nothing where nothing is open, or where it is not theirs to see."""
    if not request.user.has_perm("analytics.view_alert"):
        return ""
    return str(Alert.objects.open().filter(acknowledged_at=None).count() or "")
