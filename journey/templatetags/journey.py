"""{% slot %} draws a list of blocks, {% value %} reads a number or flag: each with its control beside it."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from journey.designs import block_template

register = template.Library()


class SlotNode(Node):
    def __init__(self, name: str, control: list[str]) -> None:
        self.name = name
        self.control = control

    def render(self, context: Context) -> SafeString:
        blocks = context["request"].journey.blocks(self.name, self.control)
        return SafeString("".join(self._drawn(block, context) for block in blocks))

    def _drawn(self, block: str, context: Context) -> str:
        engine = context.template.engine  # type: ignore[union-attr]
        drawn = engine.get_template(block_template(self.name, block)).render(context)
        # A block with nothing to show leaves no empty frame behind.
        return format_html('<section data-block="{}">{}</section>', block, drawn) if drawn.strip() else ""


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """{% slot "product/body" "gallery" "price" %}: the control's blocks, in order; a variant may replace the list."""
    _, name, *control = [_text(parser.compile_filter(bit)) for bit in token.split_contents()]
    return SlotNode(name, control)


@register.simple_tag(takes_context=True)
def value(context: Context, name: str, control: Any) -> Any:
    """{% value "anchor_delay_ms" 3000 %}: a variant may replace the control by a value of the same type."""
    return context["request"].journey.value(name, control)


@register.simple_tag(takes_context=True)
def trail(context: Context) -> SafeString:
    """Attributes for <body>: the signed trail, the number of its next event, and where the browser reports to."""
    journey = context["request"].journey
    return format_html(
        'data-trail="{}" data-n="{}" data-beacon="{}"', journey.token, journey.trail.next_n, reverse("journey:beacon")
    )


def _text(expression: FilterExpression) -> str:
    return str(expression.var if isinstance(expression.var, str) else expression.token)
