"""The shop: it sells, and knows nothing of how it is measured but the words."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"
