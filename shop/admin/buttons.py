"""A page that shows what happened, with buttons for what may happen next; nothing else on it can be changed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from shop.admin.readonly import ReadOnly
from shop.errors import ShopError
from shop.services.transactions import in_one_transaction


class ButtonsAdmin(ReadOnly, ModelAdmin):
    """`next_of(obj)` names the buttons, methods of this class, that its state allows."""

    def next_of(self, obj) -> set[str]:
        raise NotImplementedError

    def get_actions_submit_line(self, request: HttpRequest, object_id):
        obj = self.model.objects.filter(pk=object_id).first()
        may = self.next_of(obj) if obj and self.has_change_permission(request, obj) else set()
        offered = super().get_actions_submit_line(request, object_id)
        return [action for action in offered if action.method.original_function_name in may]

    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None):
        hidden = {"show_save": False, "show_save_and_continue": False}
        return super().changeform_view(request, object_id, form_url, (extra_context or {}) | hidden)

    def save_model(self, request: HttpRequest, obj, form, change) -> None:
        """Press the button. The row itself is not saved: somebody may have moved it while this page was open."""
        for action in self.get_actions_submit_line(request, obj.pk):
            if action.action_name in request.POST:
                action.method(request, obj)

    def log_change(self, request: HttpRequest, obj, message):
        """A page saved without a button changed nothing, and is not told."""
        pressed = next((name for name in request.POST if name.startswith(f"shop_{obj._meta.model_name}_")), "")
        return super().log_change(request, obj, pressed) if pressed else None

    def each(self, request: HttpRequest, rows, act: Callable, done: str) -> None:
        """Every row by itself: one that has moved on does not hold up the others."""
        moved = 0
        for row in rows:
            try:
                in_one_transaction(lambda row=row: act(row))
                moved += 1
            except ShopError as error:
                self.message_user(request, error.sentence, messages.WARNING)
        if moved:
            name = self.opts.verbose_name if moved == 1 else self.opts.verbose_name_plural
            self.message_user(request, f"{moved} {name} {done}.", messages.SUCCESS)

    def response_change(self, request: HttpRequest, obj):
        """Only what the buttons say is said."""
        return self.response_post_save_change(request, obj)
