"""Pages of the reports' admin, asked for and sent to, as one line of text."""

import re

import pytest
from django.urls import reverse


@pytest.fixture
def ask(admin_client):
    def get(name, *args, **params):
        answer = admin_client.get(reverse(f"admin:analytics_{name}", args=args), params)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


@pytest.fixture
def say(admin_client):
    def post(page, *args, **sent):
        answer = admin_client.post(reverse(f"admin:analytics_{page}", args=args), sent, follow=True)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return post
