"""Designs in the admin: blocks put in order, values filled in, and the real page beside it."""

from typing import Any

import orjson
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import action

from journey import design_pages, designs, experimenting
from journey.change_admin import Audited
from journey.change_page import WithMore
from journey.models import Variant, VariantVersion
from journey.omission_admin import NEEDED, leave_out


class VariantForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "note" in self.fields:
            self.fields["note"].widget.attrs["rows"] = 2
        for name in ("slots", "values"):
            if name in self.fields:  # not when it may only be read
                self.fields[name].widget.attrs |= {"data-design": name, "spellcheck": "false"}


@admin.register(Variant)
class VariantAdmin(Audited, WithMore, ModelAdmin):  # type: ignore[misc]
    form = VariantForm
    list_display = ["name", "slug", "changes", "stands", "drawable"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "note", "slots", "values"]
    change_form_after_template = "admin/journey/design.html"
    change_form_outer_after_template = "admin/journey/restore_forms.html"
    list_before_template = "admin/journey/designs_intro.html"
    actions_submit_line = ["duplicate", "take_back"]

    class Media:
        css = {"all": ["journey/design.css"]}
        js = ["journey/design.js"]

    @admin.display(description="Changes")
    def changes(self, variant: Variant) -> str:
        return ", ".join(variant.changes()) or "nothing"

    @admin.display(description="Seen by")
    def stands(self, variant: Variant) -> str:
        if variant.shipped_at:
            return f"everyone since {variant.shipped_at:%Y-%m-%d}"
        return "an arm of a running experiment" if variant.is_frozen else "nobody yet"

    @admin.display(description="Can be drawn")
    def drawable(self, variant: Variant) -> str:
        """What a release took away is said here; buyers see the control in its place."""
        found = variant.problems()
        return f"not all of it: {' '.join(found)}" if found else "yes"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        slots = sorted(designs.known_slots()) if request.user.has_perms(NEEDED) else []
        return super().changelist_view(request, (extra_context or {}) | {"leave_out_slots": slots})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A link may fill in the form; slots and values stand in it as JSON."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return initial | {name: _read(initial[name]) for name in ("slots", "values") if name in initial}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Variant | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Variant | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview), name="journey_variant_preview"),
            path("leave-out/", view(leave_out), name="journey_variant_leave_out"),
            path("compare/", view(self.compare), name="journey_variant_compare"),
            path("<int:pk>/restore/<int:version>/", view(self.restore), name="journey_variant_restore"),
            *super().get_urls(),
        ]

    def more(self, request: HttpRequest, row: Variant | None) -> dict[str, Any]:
        return {
            "design_offered": design_pages.offered(),
            "design_stands": {name: getattr(row, name, {}) for name in ("slots", "values")},
            "design_frozen": bool(row and row.is_frozen),
            "design_gone": row.problems() if row else [],
            "may_leave_out": request.user.has_perms(NEEDED),
            "versions": row.versions.order_by("-pk")[:20] if row else [],
        }

    def save_model(self, request: HttpRequest, obj: Variant, form: Any, change: bool) -> None:
        admin.ModelAdmin.save_model(self, request, obj, form, change)
        last = obj.versions.order_by("-pk").first()
        if last is None or (last.slots, last.values) != (obj.slots, obj.values):
            obj.versions.create(slots=obj.slots, values=obj.values, by=request.user.get_username())
        super().save_model(request, obj, form, change)  # and whichever button was pressed

    def preview(self, request: HttpRequest) -> HttpResponse:
        """A design that is being written, as a token; or its problems in words."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            asked = orjson.loads(request.body)
            return JsonResponse(design_pages.seen(request, asked["name"], asked["slots"], asked["values"]))
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return JsonResponse({"problems": ["Slots and values are both objects: {…}."]}, status=400)

    def compare(self, request: HttpRequest) -> HttpResponse:
        """Two designs side by side; none is the control."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        designs = [Variant.objects.filter(slug=request.GET.get(side, "")).first() for side in ("a", "b")]
        shown = [
            (design, design_pages.seen(request, str(design or "The control"), *_drawn(design))) for design in designs
        ]
        context = self.admin_site.each_context(request) | {
            "title": "Compare designs", "shown": shown, "variants": Variant.objects.order_by("name"),
            "offered": design_pages.offered(), "page": request.GET.get("page", "product"),
        }  # fmt: skip
        return render(request, "admin/journey/compare.html", context)

    def restore(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """Write an earlier state as the latest one; it is checked like any other."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        variant = get_object_or_404(Variant, pk=pk)
        kept = get_object_or_404(VariantVersion, pk=version, variant=variant)
        variant.slots, variant.values = kept.slots, kept.values
        try:
            variant.full_clean()
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            variant.save()
            variant.versions.create(slots=kept.slots, values=kept.values, by=request.user.get_username())
            messages.success(request, f"As it was on {kept.at:%Y-%m-%d %H:%M}.")
        return HttpResponseRedirect(reverse("admin:journey_variant_change", args=[pk]))

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> list[Any]:
        variant = Variant.objects.filter(pk=object_id).first()
        hidden = set() if variant and variant.shipped_at else {"take_back"}
        offered = super().get_actions_submit_line(request, object_id) if variant else []
        return [act for act in offered if act.method.original_function_name not in hidden]

    def has_copy_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        # Named by its dotted name instead, the permission is looked for in the database before there is one.
        return bool(self.has_add_permission(request))

    @action(description="Save and duplicate", permissions=["copy"])  # type: ignore[untyped-decorator]
    def duplicate(self, request: HttpRequest, obj: Variant) -> None:
        copy = Variant.objects.create(
            slug=_free_slug(obj.slug), name=f"{obj.name} (copy)"[:100], slots=obj.slots, values=obj.values,
            note=obj.note,
        )  # fmt: skip
        copy.versions.create(slots=copy.slots, values=copy.values, by=request.user.get_username())
        address = reverse("admin:journey_variant_change", args=[copy.pk])
        messages.success(request, format_html('<a href="{}">{}</a> is a design of its own.', address, copy.name))

    @action(description="Take back from everyone", permissions=["change"])  # type: ignore[untyped-decorator]
    def take_back(self, request: HttpRequest, obj: Variant) -> None:
        experimenting.take_back(obj)
        messages.success(request, "Everyone sees the control again, without this design.")


def _drawn(variant: Variant | None) -> tuple[dict[str, Any], dict[str, Any]]:
    return (variant.slots, variant.values) if variant else ({}, {})


def _read(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _free_slug(slug: str) -> str:
    taken, n = set(Variant.objects.values_list("slug", flat=True)), 2
    while f"{slug[:44]}-{n}" in taken:
        n += 1
    return f"{slug[:44]}-{n}"
