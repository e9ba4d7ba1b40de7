"""Questions in the admin: the unanswered first; an answer makes a question public."""

from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
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
    fields = ["product", "author", "asked_at", "text", "answer"]
    ordering = [ExpressionWrapper(Q(answer=""), BooleanField()).desc(), "-pk"]

    def get_readonly_fields(self, request, question: Question | None = None) -> list[str]:
        """What a buyer asked stays as it was asked."""
        return ["product", "author", "asked_at", "text"] if question else ["asked_at"]

    def view_on_site(self, question: Question) -> str | None:
        product = question.product
        return reverse("shop:product", args=[product.slug]) if product.is_listed else None

    @admin.display(description="Answered", boolean=True)
    def is_answered(self, question: Question) -> bool:
        return bool(question.answer)
