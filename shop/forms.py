"""What buyers may send: every field bounded, every refusal a sentence."""

import re
import secrets

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator, slug_re

from shop import payments
from shop.models import Sku, Video
from shop.models.cart import LIMIT
from shop.services.quotes import EXPRESS, STANDARD
from shop.states import STATES

TEXT = 2000
KEY = {"max_length": 32, "widget": forms.HiddenInput}
one_line = RegexValidator(r"[\x00-\x1f\x7f]", "Please leave out control characters.", inverse_match=True)


FAR_STATES = {"AK", "HI"}
PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\b|\bpost office box\b", re.IGNORECASE)
EXPRESS_MISSES = "Express does not reach Alaska, Hawaii or P.O. boxes. Standard delivery does."


def express_misses(state: str, street: str) -> bool:
    return state in FAR_STATES or bool(PO_BOX.search(street))


def form_key() -> str:
    """Made with the page: a form that arrives twice is known by it."""
    return secrets.token_urlsafe(16)


class AddToCartForm(forms.Form):
    """`video` is kept only when it exists and shows the product; anything else is no reason to refuse a sale."""

    sku = forms.ModelChoiceField(
        Sku.objects.none(),
        to_field_name="code",
        error_messages={"required": "Please choose an option first.", "invalid_choice": "We do not sell this option."},
    )
    quantity = forms.IntegerField(
        min_value=1,
        max_value=LIMIT,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"], f"Please choose a quantity from 1 to {LIMIT}."
        ),
    )
    method = forms.ChoiceField(choices=[("cart", "Add to cart"), ("buy_now", "Buy now")], required=False)
    video = forms.Field(required=False)

    def __init__(self, data, product: str) -> None:
        super().__init__(data)
        self.product = product
        listed = Sku.objects.filter(product__slug=product, product__is_listed=True)
        self.fields["sku"].queryset = listed.select_related("product__category")

    def clean_method(self) -> str:
        return self.cleaned_data["method"] or "cart"

    def clean_video(self) -> str:
        slug = self.cleaned_data["video"] or ""
        shows_it = slug_re.fullmatch(slug) and Video.objects.filter(slug=slug, products__slug=self.product).exists()
        return slug if shows_it else ""

    @property
    def complaint(self) -> str:
        """The first refusal, as one sentence."""
        return next(iter(self.errors.values()))[0]


class UpdateLineForm(forms.Form):
    sku = forms.CharField(max_length=40)
    quantity = forms.IntegerField(min_value=0, max_value=LIMIT)


class CouponForm(forms.Form):
    code = forms.CharField(
        max_length=20,
        validators=[one_line],
        error_messages={
            "required": "Please type a code first.",
            "max_length": "No code of ours is that long. Please look at it once more.",
        },
    )

    @property
    def complaint(self) -> str:
        return self.errors["code"][0]


class CheckoutForm(forms.Form):
    """Delivery and payment fall back to the first choice: a variant may leave their blocks out."""

    full_name = forms.CharField(label="Full name", max_length=80, validators=[one_line])
    street = forms.CharField(label="Street and number", max_length=120, validators=[one_line])
    unit = forms.CharField(label="Apartment, floor (optional)", max_length=40, required=False, validators=[one_line])
    city = forms.CharField(label="City", max_length=80, validators=[one_line])
    state = forms.ChoiceField(label="State", choices=[("", "Choose"), *STATES])
    zip = forms.RegexField(r"^[0-9]{5}(-[0-9]{4})?\Z", label="ZIP code", max_length=10)
    delivery = forms.ChoiceField(choices=[(STANDARD, "Standard"), (EXPRESS, "Express")], required=False)
    coupon = forms.SlugField(max_length=20, required=False)
    payment = forms.ChoiceField(required=False)

    AUTOCOMPLETE = {
        "full_name": "name",
        "street": "address-line1",
        "unit": "address-line2",
        "city": "address-level2",
        "state": "address-level1",
        "zip": "postal-code",
    }
    ASKED = {
        "full_name": "Please tell us who the parcel is for.",
        "street": "Please enter your street and house number.",
        "city": "Please enter your city.",
        "state": "Please choose your state.",
        "zip": "Please enter your ZIP code.",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.methods = payments.offered(with_tests=settings.DEMO)
        self.fields["payment"].choices = [(method.code, method.title) for method in self.methods]
        for name, autocomplete in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = f"shipping {autocomplete}"
        for name, sentence in self.ASKED.items():
            self.fields[name].error_messages["required"] = sentence
        self.fields["zip"].widget.attrs["inputmode"] = "numeric"
        self.fields["zip"].error_messages["invalid"] = "A ZIP code has five digits, like 10001."

    def clean_delivery(self) -> str:
        return self.cleaned_data["delivery"] or STANDARD

    def clean_payment(self) -> str:
        return self.cleaned_data["payment"] or self.methods[0].code

    def clean(self) -> None:
        where = self.cleaned_data
        if where.get("delivery") == EXPRESS and express_misses(where.get("state", ""), where.get("street", "")):
            self.add_error("delivery", EXPRESS_MISSES)

    @property
    def understood(self) -> dict[str, str]:
        """What can be remembered of a form that was refused."""
        return {name: text for name, text in self.cleaned_data.items() if name not in self.errors}

    @property
    def knows_the_address(self) -> bool:
        """It is written in already, and nothing is wrong with it: it need not be asked for."""
        return all(self[name].value() for name in self.ASKED) and not any(
            self[name].errors for name in self.AUTOCOMPLETE
        )

    @property
    def chosen_delivery(self) -> str:
        return self["delivery"].value() or STANDARD

    @property
    def chosen_payment(self) -> str:
        return self["payment"].value() or self.methods[0].code


class QuestionForm(forms.Form):
    text = forms.CharField(
        label="Your question",
        min_length=5,
        max_length=300,
        validators=[one_line],
        error_messages={
            "required": "Please write your question first.",
            "min_length": "Please write a whole question.",
            "max_length": "Please keep your question to 300 characters.",
        },
    )

    @property
    def complaint(self) -> str:
        return self.errors["text"][0]


class CommentForm(forms.Form):
    key = forms.CharField(**KEY, initial=form_key)
    text = forms.CharField(
        label="Add a comment",
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "Add a comment", "autocomplete": "off"}),
        error_messages={
            "required": "Please write something first.",
            "max_length": "Please keep it to 300 characters.",
        },
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())
