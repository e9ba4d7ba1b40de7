"""What buyers may send to support: a new ticket, a message with files, a rating."""

from django import forms

from shop.file_fields import FilesField, SeveralFiles
from shop.forms import KEY, form_key
from shop.models import Order, OrderLine, Ticket
from shop.services.attachments import checked

TEXT = 2000
FILES = 3
ORDERS = 20  # of the newest, to choose from
TYPES = "image/jpeg,image/png,application/pdf"
TOO_LONG = "Please keep it to 2,000 characters: %(show_value)s are too many."


class MessageForm(forms.Form):
    """Words, files or both; each file becomes an Attachment that is not saved yet."""

    key = forms.CharField(**KEY, initial=form_key)
    text = forms.CharField(
        label="Your message",
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "Write a message"}),
        error_messages={"max_length": TOO_LONG},
    )
    files = FilesField(
        checked, FILES, label="Add pictures or a PDF", widget=SeveralFiles(attrs={"accept": TYPES, "data-files": ""})
    )

    nothing = "Please write something first."

    def clean(self) -> dict:
        answers = super().clean()
        if not self.errors and not answers["text"] and not answers["files"]:
            self.add_error("text", self.nothing)
        return answers


class TicketForm(MessageForm):
    """`order` and `line` are the codes of one's own; a line left over from another order is no line."""

    topic = forms.ChoiceField(
        label="What is it about?",
        choices=Ticket.Topic.choices,
        error_messages={"required": "Please choose what it is about."},
    )
    order = forms.ModelChoiceField(
        Order.objects.none(),
        label="Which order?",
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "This is not one of your orders."},
    )
    line = forms.CharField(max_length=40, required=False)

    nothing = "Please write a sentence or two."

    def __init__(self, *args, buyer: str | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mine = Order.objects.of(buyer).for_list()
        self.fields["order"].queryset = mine
        self.fields["text"].label = "Tell us what happened"
        self.fields["text"].widget.attrs |= {"rows": 5, "placeholder": ""}
        self.orders = mine[:ORDERS]

    def clean(self) -> dict:
        answers = super().clean()
        answers["line"] = self._line(answers.get("order"), answers.get("line"))
        return answers

    def _line(self, order: Order | None, sku: str | None) -> OrderLine | None:
        """The line chosen, or the only one there is."""
        lines = list(order.lines.all()) if order else []
        return next((line for line in lines if line.sku_code == sku or len(lines) == 1), None)


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(1, 6)],
        coerce=int,
        error_messages={"required": "Please choose from 1 to 5.", "invalid_choice": "Please choose from 1 to 5."},
    )
    words = forms.CharField(max_length=300, required=False)

    @property
    def complaint(self) -> str:
        return next(iter(self.errors.values()))[0]
