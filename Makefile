# Headsup: `make run` tries it, `make test` proves it. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev

.DEFAULT_GOAL := help
.PHONY: help run test check fmt bench truth soak pictures requirements clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Headsup needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUN_READY): $(BIN)/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(DEV_READY): $(RUN_READY) requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: $(RUN_READY) ## Run Headsup: real Slack when .env has tokens, else the local workspace
	@$(BIN)/headsup run

test: $(DEV_READY) ## Run every test
	$(BIN)/python -m pytest -n 3 --dist loadgroup

check: $(DEV_READY) ## Lint, types, formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(DEV_READY) ## Format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_READY) ## Measure: a table of ratios
	$(BIN)/python -m tests.bench

truth: $(DEV_READY) ## Score against other projects' cases (TRUTH=DIR)
	$(BIN)/python -m tests.bench.truth $(TRUTH)

soak: $(DEV_READY) ## Live through many weeks of nudges under every trouble (WEEKS=400)
	SOAK=$(or $(WEEKS),400) $(BIN)/python -m pytest -n 2 tests/machine

pictures: $(DEV_READY) ## Take the README's pictures anew (NAMES="card dark": only these)
	$(BIN)/python -m tests.pictures $(NAMES)

requirements: ## Pin the requirement files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build -o requirements/run.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt pyproject.toml

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache *.egg-info
