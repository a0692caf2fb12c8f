# Everything needs only Python 3.11 and make; the browser journeys need Debian's Chromium.
# `make run` starts the portal here, `make test` checks all of it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Images of Python often forbid it; here a dozen processes would compile the same files again and again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run install test quick test-one test-sqlite test-postgres compiled check check-texts check-types check-portal fix messages bench lock browser clean

install: $(VENV)/.run

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 is needed; say where it is: make PYTHON=/path/to/python3.11") if sys.version_info[:2] != (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

# Most of these modules are never imported, so none is compiled ahead.
$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ $(VENV)/.run

# The portal on this machine: SQLite and files in var/, mail into var/mail/.
run: export LOCAL := 1
run: export PORT := $(PORT)
run: export BASE_URL := http://localhost:$(PORT)
run: install
	$(BIN)/python manage.py messages --compile
	$(BIN)/python manage.py setup
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	$(BIN)/python manage.py welcome
	$(BIN)/honcho start

# Everything that must hold: checks, then the whole suite on SQLite and on PostgreSQL.
test: check test-sqlite test-postgres

# For the loop while one works: lint, and the tests on SQLite without a browser.
quick: check-texts compiled
	$(BIN)/pytest -n 2 --dist worksteal -m "not journey"

# The tests of one folder or file: make test-one T=consultations/summaries
test-one: compiled
	$(BIN)/pytest tests/$(T)

test-sqlite: compiled browser
	$(BIN)/pytest -n 2 --dist worksteal

test-postgres: compiled browser
	$(BIN)/python -m tests.postgres -n 2 --dist worksteal

compiled: $(VENV)/.dev
	LOCAL=1 $(BIN)/python manage.py messages --compile

browser:
	@sh tests/journeys/browser.sh

# Side by side, each telling what it found when it is done.
check: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-types check-texts check-portal

check-texts: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports

check-types: export LOCAL := 1
check-types: $(VENV)/.dev
	$(BIN)/mypy

check-portal: export LOCAL := 1
check-portal: $(VENV)/.dev
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py messages --check
	sh tests/house/deploy_check.sh

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/.dev
	LOCAL=1 $(BIN)/python manage.py messages

bench: $(VENV)/.dev
	LOCAL=1 $(BIN)/python -m tests.bench

# Pin anew what pyproject.toml asks for.
lock: $(VENV)/bin/python
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --python-version 3.11.0 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --python-version 3.11.0 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf var
