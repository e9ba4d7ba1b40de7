"""The form under a ticket: a canned reply or own words, and what to do with them."""

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from shop.forms import form_key
from shop.models import Ticket, Voice
from shop.services.canned import filled, fitting

GONE_ON = "Somebody wrote meanwhile: read it above, then send again. Your words are still here."


class AnswerForm(forms.ModelForm):
    """`seen` is the last message that stood on the page: an answer to a thread that has gone on is shown that first."""

    # Not `key`: a form of this name would be filled in with the ticket's own.
    once = forms.CharField(max_length=32, widget=forms.HiddenInput, initial=form_key, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    canned = forms.ChoiceField(label="Canned reply", required=False, widget=UnfoldAdminSelectWidget)
    answer = forms.CharField(
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 7, "placeholder": "To the buyer, or a note to colleagues"}),
    )

    class Meta:
        model = Ticket
        fields = []

    BUTTONS = ("_resolve", "_note", "_assign", "_escalate")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        replies = fitting(self.instance)
        self.texts = {str(reply.pk): filled(reply.text, self.instance) for reply in replies}
        titles = [(reply.pk, reply.title) for reply in replies]
        self.fields["canned"].choices = [("", "Choose one to insert it"), *titles]

    @property
    def button(self) -> str:
        """What was pressed; the Enter key sends."""
        return next((button for button in self.BUTTONS if button in self.data), "_send")

    def clean(self) -> dict:
        """Without a script the canned reply chosen is the answer."""
        answers = super().clean()
        answers["answer"] = answers.get("answer") or self.texts.get(answers.get("canned"), "")
        if self.button in ("_send", "_note") and not answers["answer"] and not self.errors:
            raise ValidationError("Write something first, or choose a canned reply.")
        if self.button in ("_send", "_resolve") and self._has_gone_on(answers):
            raise ValidationError(GONE_ON)
        return answers

    def _has_gone_on(self, answers: dict) -> bool:
        """A form without `seen` was not drawn by this page, and knows nothing of it."""
        if answers.get("seen") is None:
            return False
        news = self.instance.messages.filter(voice__in=[Voice.BUYER, Voice.SHOP], pk__gt=answers["seen"])
        return news.exclude(key=answers.get("once", "")).exists()
