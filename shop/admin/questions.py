"""Questions in the admin: the unanswered first; an answer makes a question public."""

from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q
from unfold.admin import ModelAdmin

from shop.admin.filters import DoneFilter
from shop.models import Question


class AnsweredFilter(DoneFilter):
    title = "answered"
    parameter_name = "answered"
    undone = Q(answer="")
    no, yes = "Waiting for an answer", "Answered"


@admin.register(Question)
class QuestionAdmin(ModelAdmin):
    list_display = ["text", "product", "is_answered", "asked_at"]
    list_filter = [AnsweredFilter, "product__creator"]
    list_select_related = ["product"]
    search_fields = ["text", "answer", "product__title"]
    autocomplete_fields = ["product"]
    fields = ["product", "author", "text", "answer"]
    ordering = [ExpressionWrapper(Q(answer=""), BooleanField()).desc(), "-pk"]

    @admin.display(description="Answered", boolean=True)
    def is_answered(self, question: Question) -> bool:
        return bool(question.answer)
