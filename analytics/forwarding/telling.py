"""An event as it is told to others: no number of ours, money in units, an id that every retry repeats."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from analytics.exporting.jsonl import moment
from journey.steps import Step

CENTS = 100
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "events.scrollshop")
OF_ONE_PRODUCT = {Step.VIEW_ITEM, Step.ADD_TO_CART, Step.REMOVE_FROM_CART}  # their value is that of their product


@dataclass(frozen=True)
class Told:
    """An event on its way out."""

    participant: int
    trail: int
    n: int
    at: int
    step: Step
    props: dict[str, Any]
    context: dict[str, str]
    journey_began: int

    @cached_property
    def id(self) -> str:
        """The same one whenever it is sent: what a destination knows a second delivery by."""
        return str(uuid.uuid5(NAMESPACE, f"{self.participant}.{self.trail}.{self.n}"))

    @property
    def moment(self) -> datetime:
        return moment(self.at)

    @property
    def money(self) -> dict[str, Any]:
        """Value and currency together, or neither."""
        cents = self.props.get("value")
        if type(cents) is not int:
            return {}
        return {"value": cents / CENTS, "currency": self.props.get("currency") or settings.CURRENCY}

    @property
    def thing(self) -> dict[str, Any]:
        """{id, quantity, price} of the product it is about, as far as it is known; {} when there is none."""
        if not (product := self.props.get("product")):
            return {}
        count = self.props.get("quantity")
        count = count if type(count) is int and count > 0 else 1
        if self.step not in OF_ONE_PRODUCT or not self.money:
            return {"id": product}
        return {"id": product, "quantity": count, "price": round(self.money["value"] / count, 2)}


def pseudonym(destination: str, participant: int) -> str:
    """64 hex digits for a participant: always the same for a destination, of no use to another or without our key."""
    return salted_hmac(f"forwarding.{destination}", str(participant), algorithm="sha256").hexdigest()
