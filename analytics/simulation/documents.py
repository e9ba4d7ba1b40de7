"""A page as a simulated browser reads it: its trail, its blocks, its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """Where a form goes, and what it sends when nobody touches it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Document(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.body: dict[str, str] = {}
        self.csrf = ""
        self.blocks: list[str] = []
        self.forms: list[Form] = []
        self._select = ""
        self.feed(text)

    def form(self, action: str) -> Form | None:
        return next((form for form in self.forms if form.action == action), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "data-block" in attributes:
            self.blocks.append(attributes["data-block"])
        if tag == "body":
            self.body = attributes
        elif tag == "meta" and attributes.get("name") == "csrf-token":
            self.csrf = attributes["content"]
        elif tag == "form":
            self.forms.append(Form(attributes.get("action", "")))
        elif self.forms:
            self._field(tag, attributes)

    def _field(self, tag: str, attributes: dict[str, str]) -> None:
        fields, name = self.forms[-1].fields, attributes.get("name", "")
        if tag == "input" and name:
            chosen = attributes.get("type") not in ("radio", "checkbox") or "checked" in attributes
            if chosen:
                fields[name] = attributes.get("value", "")
        elif tag == "textarea" and name:
            fields[name] = ""
        elif tag == "select":
            self._select = name
            fields[name] = ""
        elif tag == "option" and "selected" in attributes:
            fields[self._select] = attributes.get("value", "")
