# Two commands matter: `make demo` and `make test`. Both set up what is missing, once.

VENV := .venv
PYTHON := $(VENV)/bin/python
stamp = $(VENV)/.$(1)-$(firstword $(shell cksum < $(2)))
DEMO := $(call stamp,demo,requirements.lock)
DEV := $(call stamp,dev,requirements-dev.lock)
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: help demo test lint bench lighthouse screenshots lock

help:
	@echo 'make demo         the shop, its worker and the admin  (PORT, HOST, DATA_DIR, DEMO_JOURNEYS, DEMO_ADMIN_PASSWORD)'
	@echo 'make test         every test; ARGS="…" is passed on to pytest'
	@echo 'make lint         formatting, ruff, mypy, import contracts, missing migrations'
	@echo 'make bench        the benchmarks'
	@echo 'make lighthouse   what Lighthouse says of the feed and the product page (needs Node)'
	@echo 'make screenshots  pictures of every page'
	@echo 'make lock         writes the lock files anew from pyproject.toml (needs uv)'

demo: $(DEMO)
	@$(PYTHON) manage.py demo

test: $(DEV)
	@CHROMIUM_PATH="$$(.ci/chromium)" && export CHROMIUM_PATH && .ci/test $(ARGS)

lint: $(DEV)
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(PYTHON) manage.py makemigrations --check --dry-run

bench: $(DEV)
	@$(PYTHON) -m tests.bench $(ARGS)

lighthouse: $(DEV)
	@CHROMIUM_PATH="$$(.ci/chromium)" && export CHROMIUM_PATH && $(PYTHON) tests/lighthouse.py

screenshots: $(DEV)
	@CHROMIUM_PATH="$$(.ci/chromium)" && export CHROMIUM_PATH && $(PYTHON) tests/screenshots.py $(ARGS)

lock:
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

$(DEMO): requirements.lock
	@.ci/venv $< $@

$(DEV): requirements-dev.lock
	@.ci/venv $< $@
