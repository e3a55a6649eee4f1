# Two commands are all a newcomer needs: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
# Python reads the checkout's own path by the locale: plain C cannot spell Vietnamese letters.
export LC_ALL := $(if $(filter C POSIX,$(LC_ALL)),C.UTF-8,$(LC_ALL))
export LANG := $(if $(filter C POSIX,$(LANG)),C.UTF-8,$(LANG))
# Tests never see the settings of an installation that this shell works for, and their workers and
# the programs they start compile a module once, even where an image asks Python to keep nothing.
QUIET := env -u DATABASE_URL -u DATABASE_OWNER_URL -u LOTRINH_DEMO -u LOTRINH_TODAY -u LOTRINH_HTTPS \
	-u LOTRINH_HOSTS -u LOTRINH_DATABASE -u LOTRINH_CLUSTER -u LOTRINH_COLLECTED -u LOTRINH_STATE \
	-u PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
NAME ?= reading
WORKERS ?= 2
OLDEST := /usr/lib/postgresql/15/bin

.PHONY: help setup demo serve test test-all check bench evaluate messages lock pictures

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## prepare the environment: packages, assets of the pages, catalogues
	@$(PYTHON) tools/setup.py

demo: setup ## build and serve a believable city (ARGS="--no-serve" ends after the summary)
	@$(BIN)/lotrinh demo $(ARGS)

serve: setup ## run a real installation
	@$(BIN)/lotrinh serve $(ARGS)

check: setup ## format, lint, types, import contract, migrations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy lotrinh
	@$(BIN)/lint-imports
	@$(BIN)/python -m django makemigrations --check --dry-run --settings=lotrinh.config.settings

test: check ## all checks that are run before every change
	@$(BIN)/python tools/browser.py
	@$(QUIET) $(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not slow" $(ARGS)

test-all: check ## the rest too: faults, every screen, Debian's PostgreSQL
	@$(BIN)/python tools/browser.py
	@$(QUIET) $(BIN)/pytest -n $(WORKERS) --dist loadgroup $(ARGS)
	@if [ -x $(OLDEST)/postgres ]; then echo "again on the PostgreSQL of Debian 12"; \
	$(QUIET) LOTRINH_PG_BIN=$(OLDEST) $(BIN)/pytest -n $(WORKERS) -m "not slow and not browser" $(ARGS); \
	else echo "not tried on PostgreSQL 15: $(OLDEST) is not there (Debian: apt install postgresql-15)"; fi

bench: setup ## measure: NAME=reading
	@$(BIN)/python -m bench.$(NAME) $(ARGS)

evaluate: setup ## measure reading on the labelled set (ARGS="--show task", "--held-out")
	@$(BIN)/python tools/evaluate.py $(ARGS)

messages: setup ## collect the sentences of the pages into both catalogues
	@$(BIN)/python tools/messages.py

lock: ## write the pinned packages anew (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/dev.txt

pictures: setup ## take the pictures of the README from the demonstration
	@$(BIN)/python tools/pictures.py
