"""{% slot %} draws a list of blocks, {% value %} and {% words %} read: each with its control beside it."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, Protocol

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from journey import languages
from journey.designs import block_template

register = template.Library()
JOURNEY = "_journey"  # no template can name it: what is drawn for everyone knows a design, and nobody


Kept = tuple[str, list[str]]  # HTML, and the slots and values it was drawn from


class Drawing(Protocol):
    """HTML that is kept: `make` is called with what it draws when nobody has drawn this part of it yet."""

    def kept(self, part: Hashable, make: Callable[[dict[str, Any]], Kept]) -> Kept: ...


_read: dict[str, frozenset[str]] = {}  # slot or template → the slots, values and words that drawing it ever read


class DrawnNode(Node):
    """Draws templates one after the other; with a drawing, once for everyone who sees the same of it."""

    def __init__(self, name: str, drawing: FilterExpression | None) -> None:
        self.name = name
        self.drawing = drawing

    def render(self, context: Context) -> SafeString:
        if self.drawing is None:
            return SafeString(self.draw(context))
        journey, drawing = _journey(context), self.drawing.resolve(context)
        html, asked = self._alike(context, journey, drawing)
        journey.asked.update(asked)  # who is shown what was drawn before is part of the same experiments
        return SafeString(_with_token(html, context))

    def _alike(self, context: Context, journey: Any, drawing: Drawing) -> Kept:
        """Drawn once for all who see the same of what it reads. What that is, only drawing tells: then once more."""
        part = self.part(context)
        while True:
            names = _read.get(self.name, frozenset())
            html, asked = drawing.kept(
                (Kept, part, *journey.design_stamp(names)),
                lambda known: self._kept(_everyones(context, known, journey)),
            )
            if names.issuperset(asked):
                return html, asked
            _read[self.name] = names.union(asked)

    def _kept(self, context: Context) -> Kept:
        """What it draws, and the slots and values it was drawn from."""
        journey = _journey(context)
        before, journey.asked = journey.asked, set()
        html = self.draw(context)
        mine, journey.asked = journey.asked, before
        return html, sorted(mine)

    def part(self, context: Context) -> Hashable:
        raise NotImplementedError

    def draw(self, context: Context) -> str:
        raise NotImplementedError


class SlotNode(DrawnNode):
    def __init__(self, name: str, control: list[str], drawing: FilterExpression | None) -> None:
        super().__init__(name, drawing)
        self.control = control

    def part(self, context: Context) -> Hashable:
        return self.name, tuple(_journey(context).blocks(self.name, self.control))

    def draw(self, context: Context) -> str:
        return "".join(self._drawn(block, context) for block in _journey(context).blocks(self.name, self.control))

    def _drawn(self, block: str, context: Context) -> str:
        drawn = _rendered(block_template(self.name, block), context)
        # A block with nothing to show leaves no empty frame behind.
        return format_html('<section data-block="{}">{}</section>', block, drawn) if drawn.strip() else ""


class TemplateNode(DrawnNode):
    def part(self, context: Context) -> Hashable:
        return self.name

    def draw(self, context: Context) -> str:
        return _rendered(self.name, context)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """{% slot "product/body" "gallery" "price" %}: the control's blocks, in order; a variant may replace the list.

    {% slot … of drawing %} draws them once for everyone: they know the drawing's context, and no request.
    {% slot … needs "address" %} names blocks that no design may leave out: designs.py reads that.
    """
    _, *bits = token.split_contents()
    drawing = parser.compile_filter(bits.pop()) if "of" in bits[-2:-1] else None
    if "needs" in bits:
        bits = bits[: bits.index("needs")]
    name, *control = [_text(parser.compile_filter(bit)) for bit in bits if bit != "of"]
    return SlotNode(name, control, drawing)


@register.tag
def drawn(parser: Parser, token: Token) -> TemplateNode:
    """{% drawn "shop/product/bar.html" of drawing %}: the same for a whole template."""
    _, name, _, drawing = token.split_contents()
    return TemplateNode(_text(parser.compile_filter(name)), parser.compile_filter(drawing))


@register.simple_tag(takes_context=True)
def value(context: Context, name: str, control: Any, about: str = "", limits: str = "") -> Any:
    """{% value "anchor_delay_ms" 3000 "Milliseconds until …" "0..20000" %}: a variant may replace the control.

    What it means and may be (a..b for numbers, a|b for words) is read by designs.py, where an editor asks for it.
    """
    return _journey(context).value(name, control)


@register.simple_tag(takes_context=True)
def words(context: Context, name: str, control: str, about: str = "", letters: int = 0, **more: Any) -> SafeString:
    """{% words "buy_now_says" "Buy now" "The button …" 40 de="Jetzt kaufen" %}: a variant may say it otherwise.

    What is named and no language fills a place: left=… stands where the text says {left}. No text brings HTML.
    """
    spoken = {code: more[code] for code in languages.codes() if code in more}
    said: str = conditional_escape(_journey(context).words(name, {languages.first(): control} | spoken))
    for place in more.keys() - spoken.keys():
        said = said.replace(f"{{{place}}}", conditional_escape(more[place]))
    return SafeString(said)


@register.simple_tag(takes_context=True)
def trail(context: Context) -> SafeString:
    """Attributes for <body>: the signed trail, its number, that of its next event, and where the browser reports to.

    Without them the browser's half does nothing and keeps nothing: that is the page of who is not recorded.
    """
    journey = context["request"].journey
    if not journey.is_recorded:
        return SafeString("")
    return format_html(
        'data-trail="{}" data-number="{}" data-n="{}" data-beacon="{}"',
        journey.token, journey.trail.number, journey.trail.next_n, address("journey:beacon"),
    )  # fmt: skip


@cache
def address(name: str) -> str:
    """Of a view without arguments: the same as long as a process lives, and `reverse` takes its time."""
    return reverse(name)


def _journey(context: Context) -> Any:
    return context.get(JOURNEY) or context["request"].journey


def _everyones(context: Context, known: dict[str, Any], journey: Any) -> Context:
    everyones = Context({**known, JOURNEY: journey, "csrf_token": token_mark()})
    everyones.template = context.template
    return everyones


def _rendered(name: str, context: Context) -> str:
    return context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]


@cache
def token_mark() -> str:
    """Stands in kept HTML where each buyer's CSRF token goes. Nobody can write it who does not know the key."""
    return salted_hmac("journey.drawings", "csrf").hexdigest()


def _with_token(html: str, context: Context) -> str:
    mark = token_mark()
    return html.replace(mark, str(context["csrf_token"])) if mark in html else html


def _text(expression: FilterExpression) -> str:
    return str(expression.var if isinstance(expression.var, str) else expression.token)
