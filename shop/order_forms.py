"""What buyers may send after the purchase: the pages of a return, and a review."""

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from shop.file_fields import PicturesField
from shop.models import Return
from shop.services.return_drafts import Draft
from shop.services.returns import PHOTOS

TEXT = 2000


class ReturnStep(forms.Form):
    """A page of the form for a return: starts from the draft, ends in what the draft should remember."""

    def __init__(self, draft: Draft, *args, **kwargs) -> None:
        super().__init__(*args, initial=draft.answers, **kwargs)
        self.draft = draft

    def keep(self) -> None:
        self.draft.answer(**self.cleaned_data)

    def leave(self) -> None:
        """Back to an earlier page: nobody is held up by what is missing here."""
        if self.is_valid():
            self.keep()


class ItemsForm(ReturnStep):
    """A box for each line that can go back, and how many of it."""

    def __init__(self, draft: Draft, *args, **kwargs) -> None:
        super().__init__(draft, *args, **kwargs)
        self.lines = [line for line in draft.order.lines.all() if line.left]
        before = draft.answers.get("items", {})
        for line in self.lines:
            alone = len(self.lines) == 1
            pieces = [(n, n) for n in range(1, line.left + 1)]
            self.fields[f"pick-{line.pk}"] = forms.BooleanField(
                label=line.title, required=False, initial=alone or line.sku_code in before
            )
            self.fields[f"many-{line.pk}"] = forms.TypedChoiceField(
                label=f"How many of {line.title}",
                choices=pieces,
                coerce=int,
                required=False,
                empty_value=1,
                initial=min(before.get(line.sku_code, line.left), line.left),
                error_messages={"invalid_choice": f"You can return {line.left} of {line.title} at most."},
            )

    @property
    def rows(self) -> list[tuple]:
        """(line, its box, its number)"""
        return [(line, self[f"pick-{line.pk}"], self[f"many-{line.pk}"]) for line in self.lines]

    def clean(self) -> dict:
        told = self.cleaned_data
        items = {line.sku_code: told.get(f"many-{line.pk}") for line in self.lines if told.get(f"pick-{line.pk}")}
        if not items:
            raise forms.ValidationError("Please choose at least one thing.")
        return {"items": items}


class KindForm(ReturnStep):
    kind = forms.ChoiceField(
        choices=Return.Kind.choices, error_messages={"required": "Please choose what you would like."}
    )


class ReasonForm(ReturnStep):
    reason = forms.ChoiceField(error_messages={"required": "Please tell us why."})

    def __init__(self, draft: Draft, *args, **kwargs) -> None:
        super().__init__(draft, *args, **kwargs)
        fitting = Return.REASONS[draft.answers["kind"]]
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in fitting]


class ProofForm(ReturnStep):
    text = forms.CharField(
        label="What happened?",
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[ProhibitNullCharactersValidator()],
    )
    photos = PicturesField(label="Photos", most=PHOTOS)

    def clean(self) -> dict:
        told = self.cleaned_data
        added, there = told.get("photos", []), self.draft.photos
        if len(added) + len(there) > PHOTOS:
            self.add_error("photos", f"Please keep it to {PHOTOS} photos.")
        elif self.draft.needs_photo and not added and not there and "photos" not in self.errors:
            self.add_error("photos", "For a refund without sending it back, the seller has to see what is wrong.")
        return told

    def keep(self) -> None:
        """Also what is not enough yet: nothing has to be typed or chosen twice."""
        self.draft.add_photos(self.cleaned_data.get("photos", []))
        self.draft.answer(text=self.cleaned_data.get("text", ""))

    def leave(self) -> None:
        self.is_valid()
        self.keep()


class WayForm(ReturnStep):
    way = forms.ChoiceField(
        choices=Return.Way.choices, error_messages={"required": "Please choose how you send it back."}
    )


class CheckForm(ReturnStep):
    """Nothing to answer: everything is shown once more."""


RETURN_STEPS: dict[str, type[ReturnStep]] = {
    "items": ItemsForm,
    "kind": KindForm,
    "reason": ReasonForm,
    "proof": ProofForm,
    "way": WayForm,
    "check": CheckForm,
}


class ReviewForm(forms.Form):
    stars = forms.TypedChoiceField(
        choices=[(5, "Love it"), (4, "Good"), (3, "Okay"), (2, "Poor"), (1, "Bad")],
        coerce=int,
        error_messages={"required": "Please choose how many stars you give.", "invalid_choice": "One to five stars."},
    )
    text = forms.CharField(
        label="What should others know? (optional)",
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    keep = forms.MultipleChoiceField(required=False)
    photos = PicturesField(label="Photos (optional)", most=PHOTOS)

    def __init__(self, *args, review=None, **kwargs) -> None:
        said = {"stars": review.stars, "text": review.text} if review else {}
        super().__init__(*args, initial=said, **kwargs)
        self.shown = list(review.photos.all()) if review else []
        self.fields["keep"].choices = [(str(photo.pk), photo.pk) for photo in self.shown]

    def clean(self) -> dict:
        told = self.cleaned_data
        if len(told.get("keep", [])) + len(told.get("photos", [])) > PHOTOS:
            self.add_error("photos", f"Please keep it to {PHOTOS} photos.")
        return told

    @property
    def chosen_stars(self) -> str:
        return str(self["stars"].value() or "")
