"""docker-compose.yml and Dockerfile name only commands and settings that the code has."""

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from config.broker import broker_command
from config.celery import app

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def option(command: list[str], name: str) -> str:
    return command[command.index(name) + 1]


def test_the_services_are_the_ones_a_shop_needs():
    assert set(SERVICES) == {"web", "worker", "beat", "migrate", "postgres", "valkey"}


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_the_settings_read(name):
    code = "".join((ROOT / "config" / file).read_text() for file in ("settings.py", "env.py", "destinations.py"))
    read = set(re.findall(r'env_\w+\(\s*"([A-Z0-9_]+)"', code))
    assert set(OURS[name]["environment"]) - read == set()


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_commands_name_our_application(name):
    command = shlex.split(OURS[name]["command"])
    assert command[:3] == ["celery", "--app=config", name]
    assert import_module("config").celery_app is app


def test_migrate_runs_a_command_we_have():
    python, script, command, *_ = shlex.split(OURS["migrate"]["command"])
    assert (python, (ROOT / script).is_file(), command in get_commands()) == ("python", True, True)


def test_the_image_serves_our_application_on_the_published_port():
    command = re.findall(r'"([^"]+)"', DOCKERFILE.partition("\nCMD ")[2])
    module, _, name = command[-1].partition(":")
    assert callable(getattr(import_module(module), name))
    assert OURS["web"]["ports"] == [f"127.0.0.1:${{PORT:-8000}}:{option(command, '--port')}"]


def test_the_web_is_asked_for_its_health_where_it_answers(client, db):
    address = re.search(r"http://127\.0\.0\.1:8000(/[\w/]+)", OURS["web"]["healthcheck"]["test"][-1])
    answer = client.get(address[1])
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


def test_every_service_that_stays_has_a_health_check():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


@pytest.mark.parametrize("flag", ["--appendonly", "--appendfsync", "--save", "--maxmemory-policy"])
def test_the_broker_keeps_events_as_the_embedded_one_does(flag, tmp_path):
    embedded = broker_command(tmp_path)
    assert option(shlex.split(SERVICES["valkey"]["command"]), flag) == option(embedded, flag)


def test_every_volume_is_declared_and_used():
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_web_and_worker_share_what_is_uploaded_where_the_image_lets_them_write():
    folders = ["/app/var/media", "/app/var/private", "/app/var/columns"]
    mounted = {
        name: [volume.partition(":")[2] for volume in service.get("volumes", [])] for name, service in OURS.items()
    }
    assert mounted == {"web": folders, "worker": folders, "beat": [], "migrate": []}
    assert "mkdir -p var/media var/private" in DOCKERFILE


def test_no_password_stands_in_the_file():
    secrets = [
        value
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if re.search("PASSWORD|SECRET_KEY|DATABASE_URL", name)
    ]
    assert secrets
    assert all(re.search(r"\$\{\w+:\?", value) for value in secrets)
    optional = [OURS["worker"]["environment"][name] for name in ("GA4_API_SECRET", "TIKTOK_ACCESS_TOKEN")]
    assert optional == ["${GA4_API_SECRET:-}", "${TIKTOK_ACCESS_TOKEN:-}"]


def test_the_image_installs_the_lock_and_runs_as_nobody_special():
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)


def test_the_image_gets_every_folder_the_applications_live_in():
    wanted = set(re.findall(r"^!(\w+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert {"analytics", "config", "journey", "shop", "static", "templates"} <= wanted
