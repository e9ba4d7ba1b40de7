"""Strict readers of environment variables: a value that is not understood stops the start."""

import os
import secrets
import tempfile
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

UNIX_SOCKET_LIMIT = 100  # Linux allows 107 bytes, macOS 103


def env_str(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    words = {"true": True, "false": False}
    return _understood(name, lambda text: words[text.lower()], default, "true or false")


def env_int(name: str, default: int, within: range = range(2**31)) -> int:
    def read(text: str) -> int:
        return within[within.index(int(text))]

    return _understood(name, read, default, f"a whole number from {within[0]} to {within[-1]}")


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    return _understood(name, lambda text: choices[choices.index(text.lower())], default, " or ".join(choices))


def env_list(name: str, default: list[str]) -> list[str]:
    text = env_str(name, "")
    return [part.strip() for part in text.split(",") if part.strip()] if text else default


def env_url(name: str, default: str) -> str:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError(text)
        return text

    return _understood(name, read, default, "an address that begins with https:// or http:// and has no question mark")


def _understood(name, read, default, wanted):
    text = env_str(name, "")
    if not text:
        return default
    try:
        return read(text)
    except (KeyError, ValueError):
        raise ImproperlyConfigured(f"{name} is {text!r}, but must be {wanted}.") from None


def data_dir(default: Path) -> Path:
    """Where everything is kept that is not in the code; made when it is missing."""
    path = Path(env_str("DATA_DIR", str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR {path} cannot be made: {error.strerror}.") from None
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"DATA_DIR {path} cannot be written to: choose another one.")
    return path


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY of the environment, else one made at the first start and kept in a file only its owner reads."""
    if key := env_str("SECRET_KEY", ""):
        return key
    return kept_secret(data_dir / "secret-key", 48)


def kept_secret(path: Path, random_bytes: int) -> str:
    """The secret of a file that only its owner reads; a random one is put there first where there is none."""
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(random_bytes))
    except FileExistsError:
        pass
    return path.read_text()


def embedded_socket(data_dir: Path) -> str:
    """Where the embedded broker of this data folder listens: a Unix socket, closed to other machines and users."""
    path = str(data_dir / "valkey" / "valkey.sock")
    if len(path) > UNIX_SOCKET_LIMIT:
        path = f"{tempfile.gettempdir()}/scrollshop-{blake2b(path.encode(), digest_size=8).hexdigest()}.sock"
    return path


def redis_urls(data_dir: Path) -> tuple[str, str]:
    """(Celery's broker, the event stream): two databases of one server, so that flushing one spares the other."""
    if url := env_str("REDIS_URL", ""):
        base, _, query = url.partition("?")
        base = base.rstrip("/")
        if base.count("/") > 2:
            raise ImproperlyConfigured("REDIS_URL must end with the port: databases 0 and 1 are both used.")
        tail = f"?{query}" if query else ""
        return f"{base}/0{tail}", f"{base}/1{tail}"
    socket = embedded_socket(data_dir)
    return f"redis+socket://{socket}?virtual_host=0", f"unix://{socket}?db=1"
