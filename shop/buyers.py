"""Who is shopping: a random code in a signed cookie, which the cart and the orders hang on. No account needed."""

import secrets
from functools import cached_property

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "buyer"
COOKIE_DAYS = 30


class Buyer:
    """`known` is the code they came with, or None; `code` makes one for who has none yet."""

    def __init__(self, request: HttpRequest) -> None:
        try:
            self.known = request.get_signed_cookie(COOKIE, max_age=COOKIE_DAYS * 86_400)
        except (KeyError, signing.BadSignature):
            self.known = None

    @cached_property
    def code(self) -> str:
        return self.known or secrets.token_hex(16)

    def remember(self, request: HttpRequest, response: HttpResponse) -> None:
        """Set the cookie for a new buyer, and anew with every act, so that thirty days count from the last one."""
        if COOKIE in response.cookies:
            return  # the answer itself says who this is from now on, or nobody
        is_new = not self.known and "code" in self.__dict__
        acted = request.resolver_match and hasattr(request.resolver_match.func, "acts")
        if is_new or (self.known and acted):
            response.set_signed_cookie(
                COOKIE,
                self.code,
                max_age=COOKIE_DAYS * 86_400,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )


class BuyerMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.buyer = Buyer(request)
        response = self.get_response(request)
        request.buyer.remember(request, response)
        return response
