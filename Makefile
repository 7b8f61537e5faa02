# make build   the archive in content/ as a site in build/
# make test    every check there is
# Both set everything up by themselves; all they need is Python 3.11 or later.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_TOOLS := tests/tools/node_modules/.package-lock.json

.PHONY: build test check serve lint bench clean lock

build: $(VENV)/.runtime
	$(BIN)/python -m site_builder build $(ARGS)

serve: $(VENV)/.runtime
	$(BIN)/python -m site_builder serve $(ARGS)

check: $(VENV)/.runtime
	$(BIN)/python -m site_builder check $(ARGS)

test: lint node-tools
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

# Builds measured beside other generators, which are installed in .bench: see docs/performance.md.
bench: $(VENV)/.runtime
	$(BIN)/python bench/build.py --install $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/.created:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 build")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.created requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m compileall -q site_builder
	@touch $@

$(VENV)/.dev: $(VENV)/.created requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

# The HTML checker and axe-core come from npm; without it the tests that use them are skipped, and say so.
.PHONY: node-tools
node-tools:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(NODE_TOOLS); else echo "npm is missing: HTML and accessibility checks are skipped"; fi

$(NODE_TOOLS): tests/tools/package-lock.json
	npm --prefix tests/tools ci --ignore-scripts --no-fund --no-audit
	@touch $@

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .bench .site-cache tests/tools/node_modules
