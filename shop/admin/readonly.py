"""Admin pages that show what happened and let nobody rewrite it."""

from unfold.admin import ModelAdmin, TabularInline


class ReadOnly:
    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, ModelAdmin):
    def has_change_permission(self, request, obj=None) -> bool:
        return False


class ReadOnlyInline(ReadOnly, TabularInline):
    extra = 0

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        return self.fields
