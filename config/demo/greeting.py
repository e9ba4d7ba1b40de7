"""What a demo says when it is ready: where to click, how to sign in, and what to scan with a phone."""

import socket
from collections.abc import Callable

import segno

ANY = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound


def local_url(host: str, port: int) -> str:
    if host in ANY:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def lan_address() -> str | None:
    """This machine's address in its network; a UDP socket that connects sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


def greet(host: str, port: int, password: str, say: Callable[[str], None], *, draw: bool) -> None:
    """`draw` puts a QR code under the address in the network; `say` gets a line at a time."""
    url = local_url(host, port)
    say(f"Scrollshop is ready: {url}")
    say(f"Admin: {url}admin/   user: admin   password: {password}")
    if host in ANY and (address := lan_address()):
        phone = f"http://{address}:{port}/"
        say(f"On a phone in the same network: {phone}")
        if draw:
            segno.make(phone, micro=False).terminal(compact=True)
    say("Ctrl-C stops everything.")
