"""A sheet to draw a report on: its letters, its colours, and what stands at its foot."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

FONTS = Path(__file__).parent / "fonts"
FONT = "Plus Jakarta Sans"
INK, SOFT, LINE = (22, 24, 35), (92, 96, 112), (230, 230, 234)
MAIN, MAIN_SOFT, MAIN_FAINT, WARN = (37, 99, 235), (201, 218, 252), (234, 241, 254), (180, 83, 9)
MARGIN = 16.0
WIDTH = 210 - 2 * MARGIN
INSTEAD = str.maketrans({"→": ">", "≥": ">", "▾": "-", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
Colour = tuple[int, int, int]


class Paper(FPDF):
    """A4, upright; lengths in millimetres."""

    def __init__(self, title: str, read: str) -> None:
        super().__init__("portrait", "mm", "A4")
        self.read, self.lacks_letters = read, False
        self.set_title(title)
        self.set_creator("Scrollshop")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(True, 18)
        self.add_font(FONT, "", FONTS / "plus-jakarta-sans-regular.ttf")
        self.add_font(FONT, "B", FONTS / "plus-jakarta-sans-bold.ttf")
        self.alias_nb_pages()
        self.add_page()

    def footer(self) -> None:
        lacking = " · a “?” stands for a letter that this print does not have" if self.lacks_letters else ""
        self.set_y(-13)
        self.say(f"Scrollshop · read {self.read} · page {self.page_no()} of {{nb}}{lacking}", 8, SOFT)

    def say(self, text: str, size: float, colour: Colour = INK, bold: bool = False, width: float = 0) -> None:
        """A paragraph from where one is, over the width that is left; the next one begins below."""
        self._pen(size, colour, bold)
        self.multi_cell(width, size * 0.48, self._drawable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def put(
        self, x: float, y: float, text: str, size: float, colour: Colour = INK, bold: bool = False, right: bool = False
    ) -> None:
        """A word at a place: its left end, or its right one, on the line at `y`."""
        self._pen(size, colour, bold)
        text = self._drawable(text)
        self.text(x - self.get_string_width(text) if right else x, y, text)

    def fitted(self, text: str, width: float, size: float, bold: bool = False) -> str:
        """As much of a text as is as wide."""
        self._pen(size, INK, bold)
        text = self._drawable(text)
        if self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def block(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.set_fill_color(*colour)
        self.rect(x, y, width, height, style="F")

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """What was lost: the same hue, in stripes."""
        if width <= 0:
            return
        self.block(x, y, width, height, MAIN_FAINT)
        self.set_draw_color(*MAIN_SOFT)
        self.set_line_width(0.3)
        with self.rect_clip(x, y, width, height):
            at = x - height
            while at < x + width:
                self.line(at, y + height, at + height, y)
                at += 1.6

    def hairline(self, y: float) -> None:
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(MARGIN, y, MARGIN + WIDTH, y)

    @property
    def room(self) -> float:
        """Millimetres that are left on this page."""
        return self.page_break_trigger - self.get_y()

    def _pen(self, size: float, colour: Colour, bold: bool) -> None:
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(*colour)

    def _drawable(self, text: str) -> str:
        """The letters have no arrows; what they lack otherwise is drawn as a question mark, and the foot says so."""
        text = text.translate(INSTEAD)
        drawn = "".join(letter if ord(letter) < 0x2C0 or letter in "–—‘’“”…·€−" else "?" for letter in text)
        self.lacks_letters |= drawn != text
        return drawn
