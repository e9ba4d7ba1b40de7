"""Mails in the admin: what is sent when and to whom, how it will look, and everything that was sent."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from unfold.admin import ModelAdmin
from unfold.decorators import action

from analytics.mailing import stopping
from analytics.mailing.addresses import addresses
from analytics.mailing.forms import ScheduleForm
from analytics.mailing.models import Mail, Schedule, Unwanted
from analytics.mailing.reports import CannotWrite, letter_of
from analytics.mailing.schedules import send_one

NO_ADDRESS = "You have no mail address: give yourself one under Users."


@admin.register(Schedule)
class ScheduleAdmin(ModelAdmin):  # type: ignore[misc]
    form = ScheduleForm
    list_display = ("name", "what", "when", "readers", "due", "last", "is_on", "trouble")
    list_filter = ("is_on", "what")
    fieldsets = [
        (None, {"fields": ["name", "what", "query"]}),
        ("When and to whom", {"fields": [("weekday", "hour"), "recipients", "is_on"]}),
    ]
    actions_submit_line = ["send_me_one"]
    change_form_outer_after_template = "admin/analytics/schedule.html"

    class Media:
        css = {"all": ["analytics/report.css", "analytics/mails.css"]}

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Schedule]":
        schedules: QuerySet[Schedule] = super().get_queryset(request).annotate(last_sent=Max("mails__sent_at"))
        return schedules

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(xframe_options_sameorigin(self.preview))
        return [path("<int:pk>/preview/", view, name="analytics_schedule_preview"), *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mail as it would be now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return HttpResponse(letter_of(get_object_or_404(Schedule, pk=pk)).rendered("html"))
        except CannotWrite as problem:
            return HttpResponse(f"There is no mail to show: {problem}", "text/plain; charset=utf-8")

    def save_model(self, request: HttpRequest, schedule: Schedule, form: Any, change: bool) -> None:
        """A change of when it is due counts from now on."""
        if {"weekday", "hour", "is_on"} & set(form.changed_data):
            schedule.next_at = None
        schedule.trouble = ""
        super().save_model(request, schedule, form, change)

    @action(description="Save, and send me one now", permissions=["change"])  # type: ignore[untyped-decorator]
    def send_me_one(self, request: HttpRequest, schedule: Schedule) -> None:
        address = getattr(request.user, "email", "")
        said, level = f"It goes to {address} within a minute; Mails says whether it went.", messages.SUCCESS
        try:
            if address:
                send_one(schedule, address, timezone.now())
            else:
                said, level = NO_ADDRESS, messages.WARNING
        except CannotWrite as problem:
            said, level = f"There is no mail to send: {problem}", messages.ERROR
        self.message_user(request, said, level)

    @admin.display(description="when")
    def when(self, schedule: Schedule) -> str:
        return f"{schedule.get_weekday_display()}, {schedule.hour:02}:00"

    @admin.display(description="goes to")
    def readers(self, schedule: Schedule) -> str:
        named = addresses(schedule.recipients)
        if len(named) == 1:
            return named[0]
        return f"{len(named)} addresses" if named else "administrators"

    @admin.display(description="due next", ordering="next_at")
    def due(self, schedule: Schedule) -> str:
        if not schedule.is_on:
            return "off"
        return f"{timezone.localtime(schedule.next_at):%a, %-d %b %H:%M}" if schedule.next_at else "within a minute"

    @admin.display(description="last sent")
    def last(self, schedule: Any) -> str:
        return f"{timezone.localtime(schedule.last_sent):%a, %-d %b %H:%M}" if schedule.last_sent else "never"


class StateFilter(admin.SimpleListFilter):
    title = parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state, state) for state in ("waiting", "sent", "given up")]

    def queryset(self, request: HttpRequest, mails: "QuerySet[Mail]") -> "QuerySet[Mail]":
        narrowed = {"waiting": mails.filter(sent_at=None, gave_up=False), "sent": mails.exclude(sent_at=None)}
        return (narrowed | {"given up": mails.filter(gave_up=True)}).get(self.value() or "", mails)


@admin.register(Mail)
class MailAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("subject", "kind", "to", "made", "state", "tries", "trouble")
    list_filter = ("kind", StateFilter, "schedule")
    search_fields = ("to", "subject")
    show_full_result_count = False
    list_per_page = 50
    change_form_outer_before_template = "admin/analytics/letter.html"
    actions = ["again"]

    class Media:
        css = {"all": ["analytics/report.css", "analytics/mails.css"]}

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Mail]":
        found: QuerySet[Mail] = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name == "analytics_mail_changelist"
        return found.defer("text", "html", "attachment") if is_list else found

    def get_fieldsets(self, request: HttpRequest, obj: Mail | None = None) -> list[Any]:
        return []  # the letter says it all

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.attached)
        return [path("<int:pk>/file/", view, name="analytics_mail_file"), *super().get_urls()]

    def attached(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        mail = get_object_or_404(Mail.objects.exclude(attachment_name=""), pk=pk)
        headers = {"Content-Disposition": f'attachment; filename="{mail.attachment_name}"'}
        return HttpResponse(mail.attachment, "text/csv; charset=utf-8", headers=headers)

    @admin.display(description="written", ordering="made_at")
    def made(self, mail: Mail) -> str:
        return f"{timezone.localtime(mail.made_at):%a, %-d %b %H:%M}"

    @admin.action(description="Try the selected ones again that were not sent", permissions=["again"])
    def again(self, request: HttpRequest, mails: "QuerySet[Mail]") -> None:
        now = timezone.now()
        waiting = mails.filter(sent_at=None).update(gave_up=False, next_at=now, made_at=now, tries=0)
        self.message_user(request, f"{waiting} will be tried again within a minute.")

    def has_again_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("analytics.change_mail"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False


@admin.register(Unwanted)
class UnwantedAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("address", "what", "at")
    search_fields = ("address",)

    @admin.display(description="does not want")
    def what(self, unwanted: Unwanted) -> str:
        return stopping.name_of(unwanted.about)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Unwanted | None = None) -> bool:
        return False
