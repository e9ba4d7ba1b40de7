"""The sentences of a ticket, for templates."""

from django import template

from shop.promises import by_when, day_of, promise

register = template.Library()
register.filter(by_when)
register.filter(day_of)
register.filter(promise)
