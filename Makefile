# Two commands: `make run` to try Rapport, `make test` to check it. `make help` lists all.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip -qq --disable-pip-version-check --no-input
WORKERS ?= 2

# Each is touched when its dependencies are installed, so that the next start installs nothing.
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test

# The project itself, editable; the build tool comes with the lock file, so nothing is fetched.
INSTALL_PROJECT = $(PIP) install --no-deps --no-build-isolation --no-index --editable .

.PHONY: help run test check bench soak screenshots lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## Try Rapport in a make-believe Slack workspace (ARGS="--no-open", ...)
	@$(PY) -m bot sandbox $(ARGS)

test: $(TEST_READY) ## Lint, types, import contracts and every test (ARGS="-k nudge", ...)
	@sh scripts/test.sh $(PY) $(WORKERS) $(ARGS)

check: $(TEST_READY) ## The quick look while working: lint, types, contracts, tests without a server
	@sh scripts/lint.sh $(PY)
	@echo "Quick tests ..."
	@$(PY) -m pytest -q -n $(WORKERS) -m "not browser" $(wildcard tests/domain tests/handlers) \
		tests/bot/test_settings.py tests/bot/test_manifest.py tests/test_repository.py $(ARGS)

bench: $(TEST_READY) ## How fast it is, beside the floor and others (ARGS="--only home --quick", ...)
	@$(PY) -m benchmarks $(ARGS)

soak: $(TEST_READY) ## Abuse, bots killed at random, weeks of a cohort's life, in full: hours
	@$(PY) -m tests.abuse
	@$(PY) -m tests.crash
	@$(PY) -m tests.simulation

screenshots: $(TEST_READY) ## Renew the pictures in docs/screenshots from the browser tests
	@$(PY) -m pytest -q tests/browser --screenshots $(ARGS)

lock: $(TEST_READY) ## Write the lock files anew from pyproject.toml (ARGS="--upgrade", ...)
	@$(LOCK) --group install --output-file requirements.lock $(ARGS)
	@$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock $(ARGS)

LOCK = $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate --python-version 3.11 pyproject.toml

clean: ## Remove the environment and every cache; the next `make run` starts from nothing
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache

# pip comes last: an environment that was interrupted before it is made anew.
$(VENV)/bin/pip:
	@PYTHON="$(PYTHON)" sh scripts/make_venv.sh $(VENV)

$(RUN_READY): requirements.lock pyproject.toml | $(VENV)/bin/pip
	@echo "Installing what Rapport needs (only this once; a minute or so) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(TEST_READY): requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/bin/pip
	@echo "Installing what the tests need (only this once; a minute or two) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $@ $(RUN_READY)
