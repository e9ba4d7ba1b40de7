"""Products as a CSV file: take it along, change it in a spreadsheet, look at what would change, and confirm."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from shop.admin.widgets import Drop
from shop.importing.keeping import forget, keep, kept
from shop.importing.plan import Plan
from shop.importing.reading import Line, read
from shop.importing.writing import carry_out, exported, sample
from shop.models import Category, Creator

SHOWN = 200  # lines of each kind


class CsvForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        widget=Drop("Drop a CSV file here", ".csv,text/csv", "admin/shop/drop_csv.html"),
        error_messages={"required": "Choose a file first."},
    )

    def clean_file(self) -> list[Line]:
        self.content = self.cleaned_data["file"].read()
        return read(self.content)


class Importing:
    """For the ModelAdmin of products."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="shop_product_import"),
            path("import/confirm/", view(self.confirm_view), name="shop_product_import_confirm"),
            path("import/sample/", view(self.sample_view), name="shop_product_import_sample"),
            path("export/", view(self.export_view), name="shop_product_export"),
            *super().get_urls(),
        ]

    def _allow(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def import_view(self, request: HttpRequest) -> HttpResponse:
        self._allow(request)
        form = CsvForm(request.POST or None, request.FILES or None)
        plan = None
        if request.method == "POST" and form.is_valid():
            keep(request.session, form.content)
            plan = Plan(form.cleaned_data["file"])
        return self._page(request, form, plan)

    def confirm_view(self, request: HttpRequest) -> HttpResponse:
        self._allow(request)
        content = kept(request.session)
        if request.method != "POST" or content is None:
            messages.error(request, "Choose the file again.")
            return redirect("admin:shop_product_import")
        lines = read(content)
        try:
            plan = carry_out(lines, request.POST.get("mark", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return self._page(request, CsvForm(), Plan(lines))
        forget(request.session)
        messages.success(request, f"{plan.counts['new']} SKUs added, {plan.counts['changed']} changed.")
        return redirect("admin:shop_product_changelist")

    def _page(self, request: HttpRequest, form: CsvForm, plan: Plan | None) -> HttpResponse:
        told = {"title": "Import products", "form": form, "plan": plan, "opts": self.model._meta}
        if plan:
            told["groups"] = [(kind, rows, rows[:SHOWN]) for kind in plan.counts if (rows := of_kind(plan, kind))]
        return render(request, "admin/shop/import.html", self.admin_site.each_context(request) | told)

    def sample_view(self, request: HttpRequest) -> HttpResponse:
        self._allow(request)
        first = [model.objects.values_list("slug", flat=True).first() or "" for model in (Creator, Category)]
        return download(sample(*first), "products-sample.csv")

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return download(exported(), "products.csv")


def of_kind(plan: Plan, kind: str) -> list:
    return [row for row in plan.rows if row.kind == kind]


def download(text: str, name: str) -> HttpResponse:
    # The mark before it tells spreadsheets that it is UTF-8.
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
