# demo: a first look; test: every check of the project. Both need only Python 3.11 or later and make.
PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test lint unit bench bench-fleet profile mutation docs refresh-catalog clean

demo: .venv/installed
	$(BIN)/archadvisor check samples/webshop/workload.yaml

test: lint unit

lint: .venv/developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/archadvisor rules test
	$(BIN)/archadvisor rules verify

unit: .venv/developed
	$(BIN)/pytest -n 2 --dist loadscope --durations 12

bench: .venv/developed
	test -x .venv/peers/bin/python || $(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/peers.txt
	$(BIN)/python -m benchmarks

bench-fleet: .venv/developed
	$(BIN)/python -m benchmarks.fleet

profile: .venv/developed
	$(BIN)/python -m benchmarks.stages

mutation: .venv/developed
	$(BIN)/python -m benchmarks.mutation

docs: .venv/developed
	$(BIN)/python docs/generate.py

refresh-catalog: .venv/developed
	$(BIN)/python scripts/refresh_catalog.py

clean:
	rm -rf .venv

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP_INSTALL) --editable .
	touch $@

.venv/developed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP_INSTALL) --editable '.[dev]'
	touch .venv/installed $@
