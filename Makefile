# Set up, run, check and test Adjudge. A fresh machine needs Python 3.11 or later (with venv) and make.
# Every path here is relative, so that the checkout may lie in a folder with a space in its name.

PY ?= python3.11
BIN := .venv/bin
BOOT := .venv/.bootstrapped
RUNTIME := .venv/.runtime-ready
DEV := .venv/.dev-ready
# The folders that mypy and ruff read; mypy refuses one without a module.
CODE = $(strip $(foreach folder,src tests tools benchmarks,$(if $(wildcard $(folder)/*.py $(folder)/*/*.py),$(folder))))

.DEFAULT_GOAL := help
# Two goals of one command line may share the environment that the first of them builds.
.NOTPARALLEL:
.DELETE_ON_ERROR:
# Someone else's modules must not shadow the pinned ones.
unexport PYTHONPATH PYTHONHOME

.PHONY: help setup setup-dev run test test-full check format docs pictures catalogues bench audit pins clean

# Tests that are run at once. One for each processor: they keep it busy, with the programs that they start.
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' Makefile

setup: $(RUNTIME) ## make .venv with what running needs

setup-dev: $(DEV) ## make .venv with what developing needs

run: $(RUNTIME) ## run the demo
	@$(BIN)/adjudge demo

test: check ## the checks, then every test but the slow ones
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow"

test-full: check ## the checks, then every test
	$(BIN)/python -m pytest -q -n $(WORKERS)

check: $(DEV) ## formatting, lint, types, who may import whom, translations
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/adjudge fmt --check policies examples
	$(BIN)/python tools/catalogues.py --check
	$(BIN)/python tools/genclient.py --check

format: $(DEV) ## put the code into shape
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

docs: $(DEV) ## write the generated pages, and the client, anew
	$(BIN)/python tools/genclient.py
	$(BIN)/python tools/gendocs.py

pictures: $(DEV) ## take the pictures of docs/pictures from the running program
	$(BIN)/python -m tools.pictures

catalogues: $(DEV) ## bring the translations up to date and compile them
	$(BIN)/python tools/catalogues.py

# The peers come on top of what is there; the next change of the other requirements removes them again.
bench: $(DEV) ## time evaluation, recourse, the institution and the API beside peers and bounds
	@$(uv_settings); $(BIN)/uv pip install -q --python $(BIN)/python --no-deps --require-hashes \
	  --only-binary :all: -r requirements-bench.txt
	@$(BIN)/python -m benchmarks.point
	@$(BIN)/python -m benchmarks.recourse
	@$(BIN)/python -m benchmarks.reach
	@$(BIN)/python -m benchmarks.bulk
	@$(BIN)/python -m benchmarks.backtest
	@$(BIN)/python -m benchmarks.serve
	@$(BIN)/python -m benchmarks.publishing
	@$(BIN)/python -m benchmarks.sidecar
	@$(BIN)/python -m benchmarks.institution
	@$(BIN)/python -m benchmarks.backup --decisions 5000
	@$(BIN)/python -m benchmarks.api --seconds 30

# In an environment of its own. Without a way to the service that knows weaknesses it says so, and fails nothing.
audit: $(BOOT) ## ask whether a pinned package has a known weakness
	@$(BIN)/python tools/audit.py

# Versions that still satisfy pyproject.toml are kept; UPGRADE=1 takes the newest ones.
pins: $(BOOT) ## write the pinned requirements anew (UPGRADE=1: newest versions)
	@$(uv_settings); \
	export UV_CUSTOM_COMPILE_COMMAND="make pins"; \
	pin() { out=$$1; shift; echo "pinning $$out"; \
	  $(BIN)/uv pip compile -q "$$@" $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links -o "$$out" >/dev/null; }; \
	pin requirements-bootstrap.txt --group bootstrap && \
	pin requirements.txt pyproject.toml -c requirements-bootstrap.txt && \
	pin requirements-dev.txt pyproject.toml --group dev -c requirements-bootstrap.txt -c requirements.txt && \
	pin requirements-bench.txt --group bench -c requirements-bootstrap.txt -c requirements.txt -c requirements-dev.txt && \
	pin requirements-audit.txt --group audit -c requirements-bootstrap.txt
	@# Where packages come from is each machine's own affair; the hashes say what they are.
	@! grep -n '://' requirements*.txt

clean: ## remove .venv and what the tools left behind
	rm -rf .venv .venv-audit .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov \
	  .coverage .coverage.* build dist out
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- The environment -------------------------------------------------------------------------------
# Each stamp is written last: a setup that was cut off is not taken for a finished one. A change of
# the pinned installer starts from nothing, any other change only brings the packages up to date.

$(BOOT): requirements-bootstrap.txt
	@echo "making .venv"
	@$(find_python); rm -rf .venv; "$$py" -m venv .venv
	@$(cache_settings); $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes \
	  --only-binary :all: -r requirements-bootstrap.txt
	@touch $@

# An environment that has the development packages keeps them: they are a superset, and `make run`
# between two runs of `make test` should cost nothing. (The condition is read before the recipe starts.)
$(RUNTIME): $(BOOT) requirements.txt pyproject.toml
	$(if $(wildcard $(DEV)),$(install_dev),$(install_runtime))

$(DEV): $(BOOT) requirements.txt requirements-dev.txt pyproject.toml
	$(install_dev)

define install_runtime
@echo "installing what running needs"
@rm -f $(RUNTIME) $(DEV)
@$(uv_settings); $(call uv_install,requirements.txt)
@touch $(RUNTIME)
endef

define install_dev
@echo "installing what developing needs"
@rm -f $(RUNTIME) $(DEV)
@$(uv_settings); $(call uv_install,requirements-dev.txt)
@touch $(RUNTIME) $(DEV)
endef

# `sync` removes what its files do not name, so it is given the installer's own file too. Only wheels:
# no package builds itself on this machine. Ours is the exception, built by the pinned backend with no
# isolation, since isolation would fetch another copy of it.
uv_install = $(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes --only-binary :all: \
    requirements-bootstrap.txt $(1) && \
  $(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .

# Sets $py. A Python that was named on the command line or in the environment is taken at its word; the
# default gives way to a python3 that is new enough. Running it is the test: a launcher may be on PATH
# for a version that is not installed, and Debian's Python comes without venv.
define find_python
  usable() { "$$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }; \
  py='$(PY)'; usable "$$py" || { \
    [ "$(origin PY)" = file ] && py=python3 && usable "$$py"; } || { \
    echo "make: $(PY) with venv was not found. Install Python 3.11 or later with its venv module" >&2; \
    echo "make: (Debian, Ubuntu: apt install python3.11 python3.11-venv), or name one: make PY=/path/to/python3" >&2; \
    exit 1; }
endef

# A home that cannot be written to (a container's, a build machine's) holds no caches: uv's go below
# .venv, pip does without.
define cache_settings
  caches=$${XDG_CACHE_HOME:-$${HOME:+$$HOME/.cache}}; \
  if [ -z "$$caches" ] || ! mkdir -p "$$caches" 2>/dev/null || ! [ -w "$$caches" ]; then \
    export UV_CACHE_DIR="$${UV_CACHE_DIR:-.venv/.uv-cache}" PIP_NO_CACHE_DIR="$${PIP_NO_CACHE_DIR:-1}"; \
  fi
endef

# pip and uv do not read each other's settings. Who told pip about an index or a certificate has told
# this machine: hand it on, at run time only. Nothing of it is printed or written to a file.
define uv_settings
  $(cache_settings); \
  told=$$($(BIN)/python -m pip config list 2>/dev/null || true); \
  pip_says() { for from in :env: install global; do \
    printf '%s\n' "$$told" | sed -n "s/^$$from\.$$1='\(.*\)'\$$/\1/p"; done | head -n 1; }; \
  index=$$(pip_says index-url); cert=$$(pip_says cert); \
  if [ -n "$$index" ] && [ -z "$$UV_DEFAULT_INDEX$$UV_INDEX_URL" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
  if [ -n "$$cert" ] && [ -z "$$SSL_CERT_FILE" ]; then export SSL_CERT_FILE="$$cert"; fi
endef
