"""The last part of a page's address: made of a row's name where staff types none."""

from django import forms
from django.utils.text import slugify

from shop.services.copies import free


class OwnAddress(forms.ModelForm):
    """`named_by` are fields; the first that has letters for an address gives it."""

    named_by: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.label = "Address"
            slug.error_messages["unique"] = "Another page has this address: change it, or leave it empty."
            slug.help_text = "The last part of the page's address. Leave it empty and it is made for you."

    def clean(self) -> dict:
        answers = super().clean()
        if "slug" in answers and not answers["slug"]:
            answers["slug"] = self.initial.get("slug") or self._free_slug(answers)
        return answers

    def _free_slug(self, answers: dict) -> str:
        """The name in an address; with a number behind it when another row has it already."""
        words = (slugify(str(answers.get(name) or ""))[:40].strip("-") for name in self.named_by)
        wanted = next(filter(None, words), self._meta.model._meta.model_name)
        taken = self._meta.model.objects.filter(slug__startswith=wanted[:36]).values_list("slug", flat=True)
        return free(wanted, taken) if wanted in taken else wanted
