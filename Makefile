# Two commands matter: `make demo` and `make test`. Both set up what is missing, once.

VENV := .venv
PYTHON := $(VENV)/bin/python
stamp = $(VENV)/.$(1)-$(firstword $(shell cksum < $(2)))
DEMO := $(call stamp,demo,requirements.lock)
DEV := $(call stamp,dev,requirements-dev.lock)
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: help demo test faults chaos lint bench lighthouse screenshots lock

help:
	@echo 'make demo         the shop, its worker and the admin  (PORT, HOST, DATA_DIR, DEMO_JOURNEYS, DEMO_ADMIN_PASSWORD)'
	@echo 'make test         every test; ARGS="…" is passed on to pytest'
	@echo 'make faults       every fault, longer and with more seeds; rewrites the figures of docs/reliability.md'
	@echo 'make chaos        anything breaks in any order while buyers walk  (MINUTES, SEED)'
	@echo 'make lint         formatting, ruff, mypy, import contracts, missing migrations'
	@echo 'make bench        the benchmarks'
	@echo 'make lighthouse   what Lighthouse says of the feed and the product page (needs Node)'
	@echo 'make screenshots  pictures of every page'
	@echo 'make lock         writes the lock files anew from pyproject.toml (needs uv)'

demo: $(DEMO)
	@$(PYTHON) manage.py demo

test: $(DEV)
	@CHROMIUM_PATH="$$(.ci/chromium)" && export CHROMIUM_PATH && .ci/test $(ARGS)

# FAULT_SECONDS: how long something is away. FAULT_BACKLOG: events to work through while being killed.
faults: export FAULTS_LONG := 1
faults: export FAULT_SECONDS ?= 10
faults: export FAULT_SEEDS ?= 5
faults: export FAULT_BACKLOG ?= 1000000
faults: export FAULT_REPORT := $(or $(FAULT_REPORT),/tmp/scrollshop-faults.jsonl)
faults: $(DEV)
	@rm -f $(FAULT_REPORT)
	@$(PYTHON) -m pytest tests/faults --timeout=3600 $(ARGS)
	@$(PYTHON) -m tests.faults.figures $(FAULT_REPORT)

chaos: $(DEV)
	@$(PYTHON) -m tests.faults.chaos $(or $(MINUTES),10) $(SEED)

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
