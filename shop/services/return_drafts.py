"""A return that is being filled in, page by page: what was answered so far, and which question comes next."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.utils import timezone

from shop.models import Order, OrderLine, Return, ReturnPhoto
from shop.models.codes import new_code
from shop.services.returns import PHOTOS, Wish

KEPT = timedelta(days=1)


class Draft:
    """The answers lie in the session of who asks, so that going back, or away, loses none of them."""

    def __init__(self, session: MutableMapping[str, Any], order: Order) -> None:
        self.session, self.order, self._name = session, order, f"return-{order.code}"
        self.answers: dict[str, Any] = session.get(self._name) or {"key": new_code()}

    def answer(self, **answers: Any) -> None:
        self.answers |= answers
        if self.answers.get("reason") not in Return.REASONS.get(self.answers.get("kind"), []):
            self.answers.pop("reason", None)  # it does not go with the other kind
        if self.answers.get("kind") == Return.Kind.REFUND:
            self.answers.pop("way", None)
        self.session[self._name] = self.answers

    def forget(self) -> None:
        self.session.pop(self._name, None)

    @property
    def path(self) -> list[str]:
        """The questions, in order: what is kept is not sent."""
        way = ["way"] if self.answers.get("kind") != Return.Kind.REFUND else []
        return ["items", "kind", "reason", "proof", *way, "check"]

    def allowed(self, step: str) -> str:
        """The step that was asked for, or the first one before it that has no answer yet."""
        wanted = self.path.index(step) if step in self.path else 0
        return next((name for name in self.path[:wanted] if not self._answered(name)), self.path[wanted])

    def _answered(self, step: str) -> bool:
        if step == "proof":
            return "text" in self.answers and bool(self.photos or not self.needs_photo)
        return bool(self.answers.get(step))

    def after(self, step: str) -> str:
        return self.path[self.path.index(step) + 1]

    def before(self, step: str) -> str:
        number = self.path.index(step)
        return self.path[number - 1] if number else ""

    @property
    def photos(self) -> list[ReturnPhoto]:
        mine = ReturnPhoto.objects.of(self.order.buyer).filter(key=self.answers["key"], parent=None)
        return list(mine[:PHOTOS])

    @property
    def needs_photo(self) -> bool:
        return Return.needs_photo(self.answers.get("kind", ""), self.answers.get("reason", ""))

    def add_photos(self, pictures: list[File]) -> None:
        for picture in pictures[: PHOTOS - len(self.photos)]:
            ReturnPhoto.objects.create(buyer=self.order.buyer, key=self.answers["key"], upload=picture)

    def remove_photo(self, pk: str) -> None:
        for photo in self.photos:
            if str(photo.pk) == pk:
                photo.delete()

    @property
    def said(self) -> dict[str, str]:
        """What was chosen, in words."""
        words = {"kind": Return.Kind, "reason": Return.Reason, "way": Return.Way}
        return {name: of(self.answers[name]).label for name, of in words.items() if name in self.answers}

    @property
    def chosen(self) -> list[tuple[OrderLine, int, int]]:
        """(line, how many, cents that come back) of everything chosen that is still there."""
        items = self.answers.get("items", {})
        found = [(line, min(items.get(line.sku_code, 0), line.left)) for line in self.order.lines.all()]
        return [(line, quantity, line.cents_for(quantity)) for line, quantity in found if quantity]

    @property
    def refund_cents(self) -> int:
        return sum(cents for _, _, cents in self.chosen)

    @property
    def wish(self) -> Wish:
        told = {name: self.answers.get(name, "") for name in ("key", "kind", "reason", "way", "text")}
        return Wish(**told, items=self.answers["items"], photos=self.photos)


def forget_drafts() -> None:
    """Pictures of forms that were never sent are kept for a day."""
    ReturnPhoto.objects.filter(parent=None, at__lt=timezone.now() - KEPT).delete()
