"""The file that was looked at waits for its confirmation where no address leads; a day at most."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

NAME = "product_import"  # in the session
FOLDER = "imports"
KEPT = timedelta(days=1)
Session = MutableMapping[str, Any]


def keep(session: Session, content: bytes) -> None:
    forget(session)
    session[NAME] = storages["private"].save(f"{FOLDER}/products.csv", ContentFile(content))


def kept(session: Session) -> bytes | None:
    name = session.get(NAME)
    if not name or not storages["private"].exists(name):
        return None
    with storages["private"].open(name) as file:
        return file.read()


def forget(session: Session) -> None:
    if name := session.pop(NAME, None):
        storages["private"].delete(name)


def forget_old() -> None:
    files = storages["private"]
    names = files.listdir(FOLDER)[1] if files.exists(FOLDER) else []
    for name in [f"{FOLDER}/{name}" for name in names]:
        if files.get_modified_time(name) < timezone.now() - KEPT:
            files.delete(name)
