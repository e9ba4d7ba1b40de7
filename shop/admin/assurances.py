"""Categories and assurances in the admin, with the icons buyers see."""

from django.contrib import admin
from django.urls import reverse
from unfold.admin import ModelAdmin

from shop.models import Assurance, Category
from shop.templatetags.shop import icon


class WithIcon(ModelAdmin):
    readonly_fields = ["drawing"]

    class Media:
        css = {"all": ["shop/admin/content.css"]}

    @admin.display(description="")
    def drawing(self, row: Assurance | Category) -> str:
        return icon(row.icon) if row.icon else ""


@admin.register(Category)
class CategoryAdmin(WithIcon):
    list_display = ["drawing", "name", "slug"]
    list_display_links = ["drawing", "name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "icon", "drawing"]

    def view_on_site(self, category: Category) -> str:
        return reverse("shop:category", args=[category.slug])


@admin.register(Assurance)
class AssuranceAdmin(WithIcon):
    list_display = ["drawing", "title", "summary", "position"]
    list_display_links = ["drawing", "title"]
    ordering_field = "position"
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "summary", "icon", "drawing", "terms", "position"]
