"""A mail server on this machine: takes what is sent to it, and answers as it is told."""

import email
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

HANG, CLOSE = "hang", "close"


@dataclass
class Postbox:
    """`answers` maps RCPT or END (of a mail) to the line that is said then; END may be HANG or CLOSE."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)  # addresses
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)  # (to, mail) that were answered with a yes
    seen: int = 0  # mails that were read to their end, whatever the answer

    def settings(self) -> dict[str, Any]:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": self.port, "EMAIL_TIMEOUT": 1}


class _Talk(socketserver.StreamRequestHandler):
    """One connection of a sender: as much of SMTP as a sender needs."""

    def handle(self) -> None:
        self.box, self.to = self.server.box, []
        self.say("220 postbox")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if not {"RCPT": self.rcpt, "DATA": self.data, "QUIT": self.quit}.get(verb, self.fine)(line):
                return

    def fine(self, line: str) -> bool:
        return self.say("250 fine")

    def quit(self, line: str) -> bool:
        self.say("221 bye")
        return False

    def rcpt(self, line: str) -> bool:
        address = line.partition("<")[2].partition(">")[0]
        if address in self.box.refuses:
            return self.say("550 nobody of that name lives here")
        self.to.append(address)
        return self.say(self.box.answers.get("RCPT", "250 fine"))

    def data(self, line: str) -> bool:
        self.say("354 go on")
        text = self.read()
        self.box.seen += 1
        answer = self.box.answers.get("END", "250 taken")
        if answer in (HANG, CLOSE):
            time.sleep(2 if answer == HANG else 0)
            return False
        if answer.startswith("2"):
            written = email.message_from_bytes(text, policy=default)
            self.box.taken += [(to, written) for to in self.to]
        return self.say(answer)

    def read(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, line: str) -> bool:
        self.wfile.write(line.encode() + b"\r\n")
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True
    box: Postbox


@contextmanager
def postbox() -> Iterator[Postbox]:
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = Postbox(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.box
        server.shutdown()
