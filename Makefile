# Every command of this project. Nothing is written outside this folder: .venv/, .cache/ and var/.

PYTHON = $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
BIN = .venv/bin
# A file stays in one process, so that what its tests share is built once; those that take long come first.
BY_FILE = -n 2 --dist loadfile --no-loadscope-reorder
NEEDS_NO_SERVER = not postgresql and not broker and not elasticsearch and not browser

export HYPOTHESIS_STORAGE_DIRECTORY = $(CURDIR)/.cache/hypothesis
export XDG_CACHE_HOME = $(CURDIR)/.cache/xdg
export UV_CACHE_DIR = $(CURDIR)/.cache/uv
export PIP_CACHE_DIR = $(CURDIR)/.cache/pip
# else every process compiles again all that it imports
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check test-all bench bench-growth bench-hall storm bench-search bench-nodes judgements screenshots charts docs format lock clean python tools

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: python ## run the platform with the demo province (HOST, PORT, DATABASE_URL, BROKER_URL, SEARCH_URL)
	@exec $(PYTHON) deploy/run.py

test: tools ## run the tests that need no server
	@$(BIN)/python -m pytest -q $(BY_FILE) -m "$(NEEDS_NO_SERVER)"

check: tools ## format, lint, types, import directions, templates, migrations, settings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter
	$(BIN)/djlint --check --quiet marketplace credit bidding cms search
	$(BIN)/djlint --lint --quiet marketplace credit bidding cms search
	$(BIN)/python manage.py makemigrations --check --dry-run # after the checks of `manage.py check`

test-all: python ## what CI runs: the checks, then every suite on real servers
	@bash .ci/run

bench: tools ## measure the goals on PostgreSQL beside the baseline, and write docs/bench.md (PARTS: some of them)
	@bash -c ". .ci/lib.sh && need wrk wrk"
	@bash .ci/postgres.sh $(BIN)/python -m bench.goals $(PARTS)

bench-growth: tools ## measure each page in the demo and in a grown province, as a table
	@bash .ci/postgres.sh $(BIN)/python -m bench.growth

bench-hall: tools ## hold a hall with 1,000 watchers and 50 bidders, and print how late each event is
	@bash .ci/postgres.sh $(BIN)/python -m bench.halls

storm: tools ## let 1,000 agencies bid at once while servers, workers and the database are killed (AGENCIES, SECONDS)
	@bash .ci/postgres.sh $(BIN)/python -m bench.storm
judgements: tools ## judge what the search finds over the demo, and write it into docs/search.md
	@$(BIN)/python -m bench.judgements

bench-search: tools ## build an index of 200,000 documents (COUNT) and measure eight kinds of questions
	@$(BIN)/python -m bench.search $(COUNT)

bench-nodes: tools ## ask a cluster of three Elasticsearch nodes while one is stopped and while it is built anew
	@ELASTICSEARCH_NODES=3 deploy/elasticsearch/run.sh $(BIN)/python -m bench.nodes

screenshots: tools ## photograph the main pages into docs/screenshots/
	@$(PYTHON) deploy/run.py --fresh -- $(BIN)/python -m docs.screenshots.take

charts: ## build the part of ECharts that pages of figures load (needs npm; the result is committed)
	bash deploy/charts/build.sh

docs: tools ## draw the tables and diagrams in docs/ from the code
	$(BIN)/python -m docs.tables
	$(BIN)/python manage.py draw_states > docs/states.md

format: tools ## put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet marketplace credit bidding cms search

lock: tools ## pin what the requirements files ask for (UPGRADE=--upgrade for newer versions)
	$(LOCK) requirements-installer.in -o requirements-installer.lock
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) requirements-dev.in -o requirements-dev.lock
	$(LOCK) deploy/elasticsearch/requirements.in -o deploy/elasticsearch/requirements.lock

LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 $(UPGRADE)

clean: ## remove everything that was made: .venv/, .cache/ and var/ with its data
	rm -rf .venv .cache var

python:
	@$(if $(PYTHON),true,echo "Python 3.11 or newer is needed." >&2; exit 1)

tools: python
	@$(PYTHON) deploy/install.py --development
