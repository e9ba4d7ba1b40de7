"""Asking a question about a product."""

import hashlib
from datetime import timedelta

from shop.errors import TooManyQuestions
from shop.models import Product, Question
from shop.services.limits import refuse_more

QUESTIONS_AN_HOUR = 5
ASKER = "A shopper"


def ask_question(buyer: str, product: Product, text: str) -> bool:
    """Keep the question; False when this buyer has asked just that before. Raises TooManyQuestions.

    The page is drawn once for everyone, so no form on it has a key of its own: the same words of the same buyer are
    the same question.
    """
    mine = Question.objects.filter(buyer=buyer)
    key = hashlib.sha256(f"{product.slug} {text}".encode()).hexdigest()[:32]
    if mine.filter(key=key).exists():
        return False
    refuse_more(QUESTIONS_AN_HOUR, timedelta(hours=1), mine, "asked_at", TooManyQuestions)
    return mine.get_or_create(buyer=buyer, key=key, defaults={"product": product, "author": ASKER, "text": text})[1]
