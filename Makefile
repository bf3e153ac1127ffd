# Every name here works on a fresh machine with python3 (3.11 or newer, with venv) and make.
.DEFAULT_GOAL := help
.PHONY: help demo test test-fast soak bench lint requirements clean

PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python
export PYTHONDONTWRITEBYTECODE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: .venv/ready  ## the system with example data, on PORT
	@exec $(RUN) manage.py demo

test: .venv/ready-dev  ## everything, long forms at a tenth
	$(RUN) -m tests.run all

test-fast: .venv/ready-dev  ## without browser, faults, soak and whole crawls
	$(RUN) -m tests.run fast

soak: .venv/ready-dev  ## the long forms in full
	$(RUN) -m tests.run soak

bench: .venv/ready-dev  ## one table of speeds, ratios first
	$(RUN) -m benchmarks

lint: .venv/ready-dev  ## ruff, as in CI
	.venv/bin/ruff check . && .venv/bin/ruff format --check .

requirements:  ## compile requirements*.in with hashes (needs uv)
	for name in requirements requirements-dev; do uv pip compile --quiet --python-version 3.11 --generate-hashes --no-strip-extras \
	  --no-emit-index-url --no-annotate --no-header $$name.in --output-file $$name.txt; done

clean:  ## remove the environment and the embedded database
	@[ ! -x $(RUN) ] || $(RUN) -m ppks.postgres
	rm -rf .venv .postgres staticfiles

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python tidak ditemukan: pasang python3 versi 3.11 atau lebih baru."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python terlalu lama: perlu versi 3.11 atau lebih baru."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Modul venv belum ada: pasang python3-venv."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.txt
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/ready-dev: .venv/bin/python requirements-dev.txt
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch .venv/ready $@
