"""Addresses of the shop: the room and the act."""

from django.urls import path

from shop.views import cart, checkout, feed, orders, product, support

app_name = "shop"
urlpatterns = [
    path("", feed.feed, name="feed"),
    path("@<slug:creator>", feed.profile, name="profile"),
    path("engage", feed.engage, name="engage"),
    path("p/<slug:product>", product.product, name="product"),
    path("p/<slug:product>/add", cart.add_to_cart, name="add-to-cart"),
    path("cart", cart.cart, name="cart"),
    path("cart/<str:sku>", cart.update_line, name="update-line"),
    path("checkout", checkout.checkout, name="checkout"),
    path("checkout/place", checkout.place, name="place"),
    path("orders", orders.orders, name="orders"),
    path("orders/<slug:order>", orders.order, name="order"),
    path("orders/<slug:order>/cancel", orders.cancel, name="cancel"),
    path("support", support.support, name="support"),
    path("support/new", support.open_ticket, name="open-ticket"),
    path("support/<slug:ticket>", support.ticket, name="ticket"),
    path("support/<slug:ticket>/reply", support.reply, name="reply"),
    path("support/<slug:ticket>/resolve", support.resolve, name="resolve"),
]
