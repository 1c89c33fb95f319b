# Two commands are all a user needs: "make site" and "make test".
# Every tool runs through the virtual environment's own Python.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
SITE   := $(VENV)/.site-installed
TEST   := $(VENV)/.test-installed
PEERS  := .venv-peers/.installed
BENCH  := .venv-bench/.installed
CLUSTER := .venv-cluster/.installed
AUDIT  := .venv-audit/.installed
FUZZ   := .venv-fuzz/.installed
MUTATE := .venv-mutate/.installed
PIP    := -m pip --disable-pip-version-check --quiet
PURSE  := $(PY) -m generator

# The environments of `make test` are installed side by side.
MAKEFLAGS += --jobs=2

.PHONY: site check install format formatted comment workbook inbox serve test torture lint golden screenshots lock release schemas browser zensical wheel sbom audit fuzz mutate bench bench-compare clean help

help:      ## this list
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ -/'

site: $(SITE)      ## install, check the data, build site/
	$(PURSE) build $(if $(BASE_URL),--base-url "$(BASE_URL)")

check: $(SITE)     ## check the data, build nothing
	$(PURSE) check $(if $(FORMAT),--format $(FORMAT)) $(if $(PUBLISH),--publish)

install: $(SITE)   ## install what the other targets need

format: $(SITE)    ## put the data's files into their one form
	$(PURSE) format

formatted: $(SITE) ## see whether the data's files are in their one form
	$(PURSE) format --check

# Against the commit at which this branch left main, as GitHub shows a pull request.
comment: $(SITE)   ## comment.md: what this branch changes for the public
	base=$$(git merge-base $(or $(BASE),origin/main) HEAD) && $(PURSE) comment "$$base" $(if $(GITHUB_RUN_ID),--preview "$(GITHUB_SERVER_URL)/$(GITHUB_REPOSITORY)/actions/runs/$(GITHUB_RUN_ID)") > comment.md

# PACKAGE reaches the shell as it is, never as words of this file.
workbook: $(SITE)  ## the workbook to edit (PACKAGE=... where data/ holds several)
	@$(PURSE) workbook $${PACKAGE:+"data/$$PACKAGE"}

inbox: $(SITE)     ## import what lies in data/inbox/ (PROJECT=... for another folder's)
	@$(PURSE) inbox $(if $(PROJECT),--project "$(PROJECT)")

serve: $(SITE)     ## live preview
	$(PURSE) serve

test: $(TEST) $(PEERS) $(CLUSTER) lint browser      ## everything that must pass
	$(PY) -m pytest -n auto --dist loadfile -m "not alone and not torture"
	$(PY) -m pytest -m "alone and not torture"

torture: $(TEST) $(CLUSTER)   ## kill 200 builds, each at another moment, and what else takes long
	$(PY) -m pytest -m torture

lint: $(TEST)      ## style, types, workflows
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PURSE) format --check
	$(PY) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(PY) -m check_jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/correction.yml
	$(VENV)/bin/zizmor --offline --quiet .github/workflows

browser: $(TEST)   ## find or install a Chromium
	$(PY) -m tests.browser

golden: $(TEST)    ## rewrite the golden files, then read the diff
	$(PY) -m pytest tests --update-golden

screenshots: $(TEST) ## renew the pictures in docs/publish/images/
	$(PY) -m tests.screenshots

release: $(SITE)   ## the zip and the note of this version, in dist/
	$(PURSE) release

schemas: $(SITE)   ## put schemas/ into every package's descriptor
	$(PURSE) schemas

zensical: $(TEST)  ## build the same files with Zensical and compare the page lists
	$(PY) -m pytest tests/test_zensical.py

# Both bear the day of the last commit, so that whoever builds that commit gets the same bytes.
DAY = SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}

wheel: $(TEST)     ## dist/*.whl and dist/*.tar.gz, the same bytes wherever they are built
	$(DAY) $(PY) -m hatchling build

sbom: $(SITE)      ## dist/public-purse-sbom.json: all that the program is made of (CycloneDX)
	@$(DAY) $(PY) -m supply.sbom

audit: $(AUDIT)    ## ask whether a pinned version has a known vulnerability (needs a network)
	@.venv-audit/bin/python -m supply.audit

# What is given reaches the program by its environment: FUZZ_SECONDS, FUZZ_TARGETS.
fuzz: $(FUZZ)      ## hand odd bytes to every reader (FUZZ_SECONDS=600, FUZZ_TARGETS=... for some)
	@.venv-fuzz/bin/python -m fuzz

# What is given reaches the program by its environment: SIZES, RUNS, BUILDS, WORK, RESULTS, RECORD.
bench: $(BENCH)    ## time checks and builds of 1,000 and 10,000 awards (SIZES=..., RUNS=3, WORK=folder)
	@.venv-bench/bin/python -m bench run

bench-compare: $(BENCH) ## time anew, and show each stage that has become slower
	@.venv-bench/bin/python -m bench compare

# What is given reaches the program by its environment: MODULES, EVERY.
mutate: $(MUTATE)  ## put small faults into money, ledger, checks and escapes, and count those unnoticed (MODULES="money checks/totals", EVERY=3)
	@.venv-mutate/bin/python -m pytest -q tests/test_mutation.py
	@.venv-mutate/bin/python -m mutation

lock: $(TEST)      ## renew the pinned versions
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade pyproject.toml --group build -o requirements/site.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --constraint requirements/site.txt pyproject.toml --group build --group test --group lint --group lock --group zensical -o requirements/test.txt
	sed '/^python-dateutil==/,/[^\]$$/d' requirements/site.txt > requirements/.constraints
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade --constraint requirements/.constraints pyproject.toml --extra cluster --group build --group cluster -o requirements/cluster.txt
	rm requirements/.constraints
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade --group peers -o requirements/peers.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --constraint requirements/site.txt pyproject.toml --group build --group bench -o requirements/bench.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade --constraint requirements/site.txt --group audit -o requirements/audit.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --constraint requirements/site.txt pyproject.toml --group build --group fuzz -o requirements/fuzz.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --constraint requirements/test.txt pyproject.toml --group build --group test --group mutate -o requirements/mutate.txt

clean:     ## remove what builds made (not the data)
	rm -rf build site dist .bench .fuzz .mutation $(VENV) .venv-peers .venv-bench .venv-cluster .venv-audit .venv-fuzz .venv-mutate

$(PY):
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Public Purse needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(SITE): requirements/site.txt pyproject.toml | $(PY)
	$(PY) $(PIP) install --require-hashes -r requirements/site.txt
	$(PY) $(PIP) install --no-deps --no-build-isolation -e .
	touch $@

# The validators of other standards, in an environment of their own: see pyproject.toml.
$(PEERS): requirements/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python $(PIP) install --require-hashes -r requirements/peers.txt
	touch $@

# The program as users install it, and what it is compared with.
$(BENCH): requirements/bench.txt pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python $(PIP) install --require-hashes -r requirements/bench.txt
	.venv-bench/bin/python $(PIP) install --no-deps --no-build-isolation -e .
	touch $@

# The program with the extra "cluster": see pyproject.toml.
$(CLUSTER): requirements/cluster.txt pyproject.toml
	$(PYTHON) -m venv .venv-cluster
	.venv-cluster/bin/python $(PIP) install --require-hashes -r requirements/cluster.txt
	.venv-cluster/bin/python $(PIP) install --no-deps --no-build-isolation -e .
	touch $@

# The audit, apart from all that it judges.
$(AUDIT): requirements/audit.txt
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python $(PIP) install --require-hashes -r requirements/audit.txt
	touch $@

# The program as users install it, and what fuzzes it.
$(FUZZ): requirements/fuzz.txt pyproject.toml
	$(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/python $(PIP) install --require-hashes -r requirements/fuzz.txt
	.venv-fuzz/bin/python $(PIP) install --no-deps --no-build-isolation -e .
	touch $@

# The program and its tests, beside what puts faults into it.
$(MUTATE): requirements/mutate.txt pyproject.toml
	$(PYTHON) -m venv .venv-mutate
	.venv-mutate/bin/python $(PIP) install --require-hashes -r requirements/mutate.txt
	.venv-mutate/bin/python $(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(TEST): requirements/test.txt pyproject.toml | $(PY)
	$(PY) $(PIP) install --require-hashes -r requirements/test.txt
	$(PY) $(PIP) install --no-deps --no-build-isolation -e .
	touch $@ $(SITE)
