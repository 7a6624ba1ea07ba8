# Everything a person needs: make demo, make test. See CONTRIBUTING.md for the rest.
SHELL := /bin/sh
RUN := .venv/bin
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: setup demo test test-fast check fmt bench clean
.DEFAULT_GOAL := help

help:
	@echo "make demo       set up and serve the demo on http://127.0.0.1:8000"
	@echo "make test       set up and run every test this machine allows"
	@echo "make test-fast  the inner loop: no browser, no PostgreSQL, no slow tests"
	@echo "make check      lint, types, templates and the arrows between rooms"
	@echo "make bench      measure, with ratios against a baseline run beside it"
	@echo "make fmt        format the code"

setup:
	@sh setup.sh dev
	@$(RUN)/python -m tettpaa.core.ui.assets
	@$(RUN)/python -m tettpaa.core.ui.catalogues

demo: setup
	@$(RUN)/tettpaa demo

test: setup
	@$(RUN)/python -m tests.run

test-fast: setup
	@$(RUN)/pytest -q -n 2 -m "not slow and not journey"

check: setup
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/djlint src --lint --quiet
	$(RUN)/lint-imports
	$(RUN)/python -m tettpaa.core.ui.catalogues --check

bench: setup
	@$(RUN)/python -m tests.bench

fmt: setup
	$(RUN)/ruff check --fix --quiet . || true
	$(RUN)/ruff format .

clean:
	rm -rf .venv .uv .cache .mypy_cache .ruff_cache .pytest_cache src/tettpaa/core/ui/static/vendor src/tettpaa/core/ui/fonts
