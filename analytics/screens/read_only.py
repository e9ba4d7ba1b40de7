"""Admin pages of derived rows."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin

MAY_READ = "analytics.view_journey"


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Derived rows: to change one, change what it is counted from."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_READ)
