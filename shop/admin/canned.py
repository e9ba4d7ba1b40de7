"""What is written often: answers that staff sends, and questions that buyers find answered."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from shop.admin.widgets import RowForm
from shop.models import CannedReply, Faq


@admin.register(CannedReply)
class CannedReplyAdmin(ModelAdmin):
    list_display = ["title", "topic", "text"]
    list_filter = ["topic"]
    search_fields = ["title", "text"]


@admin.register(Faq)
class FaqAdmin(ModelAdmin):
    list_display = ["question", "position"]
    list_editable = ["position"]
    search_fields = ["question", "answer"]
    prepopulated_fields = {"slug": ["question"]}

    def get_changelist_form(self, request, **options):
        return super().get_changelist_form(request, form=RowForm, **options)
