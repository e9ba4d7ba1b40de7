"""Addresses of the shop: the room and the act."""

app_name = "shop"
urlpatterns: list = []
