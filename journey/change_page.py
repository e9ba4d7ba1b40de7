"""What the page of one row shows in the admin beside its form."""

from typing import Any

from django.http import HttpRequest


class WithMore:
    """An admin whose change page is drawn with `more` than Django gives it."""

    def more(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """`row` is None on the page that adds one, and for a number that nothing has."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        row = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        extra = (extra_context or {}) | self.more(request, row)
        return super().changeform_view(request, object_id, form_url, extra)  # type: ignore[misc]
