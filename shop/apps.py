"""The shop: it sells, and knows nothing of how it is measured but the words."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self) -> None:
        from shop.services import forgetting, personal  # noqa: F401  they answer for the shop when somebody asks
