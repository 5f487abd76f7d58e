# What a person working on Throughline types. Each target first sees to it that what it needs is installed.

# Where cargo puts programs, so that one installed a moment ago is found.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# Builds read the committed query data in .sqlx, whatever database the shell may point at.
unexport DATABASE_URL

.PHONY: help run test check bench

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

run: ## Build, then open the window on a demo vault; without a display, show its day in the terminal
	@scripts/setup build
	@scripts/demo

test: ## Run every test
	@scripts/setup test
	@scripts/test

check: ## Everything continuous integration checks besides the tests: format, lints, licences, arrows, docs, SQL
	@scripts/setup check
	@scripts/check

bench: ## Run the benchmarks
	@scripts/setup build
	cargo bench --workspace --bench queries
