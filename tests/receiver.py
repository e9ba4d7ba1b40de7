"""A destination on this machine: takes what is posted to it, and answers as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OK, HANG, CLOSE, DRIP = 200, "hang", "close", "drip"


@dataclass
class Post:
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Receiver:
    """`answers` are used up one by one: a status, (status, headers, body), HANG, CLOSE or DRIP; then all is well."""

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    usual: Any = OK
    refuses: Any = None  # asked with each body: a status for it, or None
    posts: list[Post] = field(default_factory=list)  # everything that came in
    taken: list[Post] = field(default_factory=list)  # what was answered with a yes

    def answer(self, post: Post) -> Any:
        self.posts.append(post)
        answer = self.answers.pop(0) if self.answers else (self.refuses and self.refuses(post.body)) or self.usual
        status, headers, body = answer if isinstance(answer, tuple) else (answer, {}, {"code": 0, "status": 1})
        if status == OK and body.get("code") == 0:
            self.taken.append(post)
        return status, headers, body


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # head and body in one packet: else each answer waits for an acknowledgement

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, said = receiver.answer(Post(parts.path, parse_qs(parts.query), dict(self.headers), body))
            if status in (HANG, CLOSE):
                time.sleep(8 if status == HANG else 0)
                self.close_connection = True
                return
            text = json.dumps(said).encode()
            self.send_response(200 if status == DRIP else status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(100 if status == DRIP else len(text)))
            self.end_headers()
            if status == DRIP:
                self._drip()
            else:
                self.wfile.write(text)

        def _drip(self) -> None:
            self.close_connection = True
            for _ in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.3)

        def log_message(self, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/in"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
