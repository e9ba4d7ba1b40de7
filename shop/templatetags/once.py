"""{% once %}: what never changes while a process lives is drawn once."""

from django import template
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()
drawn: dict["OnceNode", SafeString] = {}


class OnceNode(Node):
    child_nodelists = ()  # no {% block %} in here, so that nobody looks for one with every page

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        if self not in drawn:
            drawn[self] = self.nodelist.render(_empty(context))
        return drawn[self]


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """{% once %}…{% endonce %}: addresses, icons, words. No variable and no request reaches it."""
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return OnceNode(nodelist)


def _empty(context: Context) -> Context:
    empty = Context()
    empty.template = context.template
    return empty


@receiver(setting_changed)
def forget(**kwargs: object) -> None:
    """Tests change where static files are."""
    drawn.clear()
