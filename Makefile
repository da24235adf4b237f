# Two commands: "make run" and "make test". Each sets up its own .venv first, again only when pyproject.toml changes.

PYTHON ?= python3
PORT ?= 8000
DO := .venv/bin/python -m
JOBS ?= auto

.PHONY: run test test-long test-browser build check coverage format assets clean
.DELETE_ON_ERROR:

run: .venv/ready-to-run
	@$(DO) cyppgraph run --port $(PORT)

test: .venv/ready-to-test
	$(DO) ruff check
	$(DO) ruff format --check
	$(DO) mypy
	.venv/bin/lint-imports
	$(DO) pytest -n $(JOBS) --dist loadfile -m "not long and not browser"

test-long: .venv/ready-to-test
	$(DO) pytest -m long

# Needs Chromium on the PATH. On Debian: apt install chromium
test-browser: .venv/ready-to-test
	$(DO) pytest -n $(JOBS) --dist worksteal -m browser

build check coverage: .venv/ready-to-run
	@$(DO) cyppgraph $@

format: .venv/ready-to-test
	$(DO) ruff check --fix
	$(DO) ruff format

# The style sheet and the scripts are in the repository: this is only for those who change frontend/, and needs Node.js.
assets:
	npm ci --prefix frontend --ignore-scripts
	npm run --prefix frontend build

clean:
	rm -rf .venv build

.venv/ready-to-run: pyproject.toml
	@.ci/setup $(PYTHON) .

.venv/ready-to-test: pyproject.toml
	@.ci/setup $(PYTHON) '.[test]'
