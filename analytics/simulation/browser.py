"""A small browser on the standard library: cookies, redirects, forms and beacons, but no pictures and no scripts."""

from collections import Counter
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

import orjson

from analytics.simulation.documents import Document

PATIENCE = 30  # seconds
REDIRECTS = 5
EVENTS_A_BEACON = 20
FORM = "application/x-www-form-urlencoded"


class NoSuchForm(Exception):
    """The page does not offer what the buyer wants to do."""


class Browser:
    """One buyer's browser. `statuses` counts the answers it got; 0 is none at all."""

    def __init__(self, base_url: str, agent: str) -> None:
        parts = urlsplit(base_url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.hostname or "127.0.0.1", parts.port, timeout=PATIENCE)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._agent = agent
        self._cookies: SimpleCookie = SimpleCookie()
        self.statuses: Counter[int] = Counter()
        self.path = ""
        self.page = Document("")
        self.before: dict[str, object] = {"trail": ""}  # what the page before says of itself at its end

    def get(self, address: str, referrer: str = "") -> None:
        self._open("GET", address, {"Referer": referrer or self._here} if self.path or referrer else {})

    def submit(self, action: str, **answers: str) -> None:
        """Fill in a form of the page and send it. Raises NoSuchForm when the page has none that goes there."""
        if not (form := self.page.form(action)):
            raise NoSuchForm(action)
        headers = {"Content-Type": FORM, "Referer": self._here, "Origin": self._origin}
        self._open("POST", action, headers, urlencode(form.fields | answers).encode())

    def fetch(self, address: str, fields: dict[str, str]) -> None:
        """What a script of the page asks for: the page stays."""
        self._send("POST", address, self._of_script(FORM), urlencode(fields).encode())

    def say(self, events: list[tuple[int, str, dict[str, object]]]) -> None:
        """Events (dt in ms, step, props) that join the page's trail; an error page has none."""
        page = self.page.body
        if "data-trail" not in page:
            return
        first = int(page["data-n"])
        told = [{"n": n, "dt": dt, "step": step, "props": props} for n, (dt, step, props) in enumerate(events, first)]
        page["data-n"] = str(first + len(told))
        for start in range(0, len(told), EVENTS_A_BEACON):
            beacon = {"trail": page["data-trail"], "events": told[start : start + EVENTS_A_BEACON]}
            self._send("POST", page["data-beacon"], self._of_script("application/json"), orjson.dumps(beacon))

    def close(self) -> None:
        self._connection.close()

    @property
    def _here(self) -> str:
        return self._origin + self.path

    def _of_script(self, content: str) -> dict[str, str]:
        return {
            "Content-Type": content,
            "X-CSRFToken": self.page.csrf,
            "Referer": self._here,
            "Origin": self._origin,
        }

    def _open(self, method: str, address: str, headers: dict[str, str], body: bytes | None = None) -> None:
        for _ in range(REDIRECTS):
            answer, text = self._send(method, address, headers, body)
            if answer is None or answer.status not in (301, 302, 303, 307):
                break
            method, body = "GET", None
            address = urljoin(address, answer.headers["Location"])
            headers = {"Referer": self._here}
        self._end_page()
        self.path = urlsplit(address).path
        self.page = Document(text)

    def _end_page(self) -> None:
        told = self.page.body
        if "data-trail" in told:
            self.before = {"trail": told["data-number"], "last": int(told["data-n"]) - 1}

    def _send(
        self, method: str, address: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[HTTPResponse | None, str]:
        try:
            answer, text = self._asked(method, address, headers, body)
        except (HTTPException, OSError):
            self._connection.close()
            self.statuses[0] += 1
            return None, ""
        self.statuses[answer.status] += 1
        return answer, text

    def _asked(
        self, method: str, address: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[HTTPResponse, str]:
        cookies = "; ".join(f"{name}={morsel.coded_value}" for name, morsel in self._cookies.items())
        self._connection.request(method, address, body, headers | {"User-Agent": self._agent, "Cookie": cookies})
        answer = self._connection.getresponse()
        text = answer.read().decode(errors="replace")
        for header in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(header)
        return answer, text
