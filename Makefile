# The two commands a reader of the README needs are `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# Debug builds three times as fast as release; `make run CONFIGURATION=release` is what production runs.
CONFIGURATION ?= debug
ARGUMENTS ?= --demo
# Debug builds of the C libraries too: password hashing is seven times as fast. The same in every build, otherwise everything is rebuilt.
BUILD := swift build -Xcc -O2
# The number of parallel tests: with all of them at once, tests with a deadline would miss it.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH := 8

.PHONY: help
help: ## Lists the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.PHONY: run
run: ## Installs what is missing, builds, and starts the whole shop at http://localhost:8080
	@scripts/setup run
	@echo "Building Magpie (the first time takes several minutes) …"
	@$(BUILD) --configuration $(CONFIGURATION) --product magpie
	@exec "$$(swift build --configuration $(CONFIGURATION) --show-bin-path)/magpie" up $(ARGUMENTS)

.PHONY: build
build: ## Builds everything, tests included
	@scripts/setup run
	@$(BUILD) --build-tests

# The engines of many processes, on this machine and for as long as a command runs.
ENGINES := scripts/with-postgres scripts/with-redis scripts/with-kafka

.PHONY: cluster
cluster: ## Starts the engines, every service in a process of its own, and monitoring; the shop is at port 8080
	@scripts/setup test
	@$(BUILD) --configuration $(CONFIGURATION) --product magpie
	@$(ENGINES) scripts/cluster --monitoring $(ARGUMENTS) \
		--binary "$$(swift build --configuration $(CONFIGURATION) --show-bin-path)/magpie"

.PHONY: test
test: ## Installs what the tests need, builds, and runs them all
	@scripts/setup test
	@$(BUILD) --build-tests
	@swift test --skip-build --skip "$$(scripts/engine-tests none)"
	@scripts/with-postgres swift test --skip-build --filter "$$(scripts/engine-tests postgres)"
	@scripts/with-redis swift test --skip-build --no-parallel --filter "$$(scripts/engine-tests redis)"
	@scripts/with-kafka swift test --skip-build --no-parallel --filter "$$(scripts/engine-tests kafka)"
	@swift test --skip-build --no-parallel --filter '^JourneyTests\.'
	@MAGPIE_TEST_SHAPE=cluster MAGPIE_TEST_ROUNDS=1 MAGPIE_TEST_REPLICAS=product-service=3,order-service=3 $(ENGINES) \
		swift test --skip-build --no-parallel --filter '^JourneyTests\.'

.PHONY: faults
faults: ## Breaks each part of a cluster under load, ten times, and Kafka for a minute: about an hour
	@scripts/setup test
	@$(BUILD) --build-tests
	@MAGPIE_TEST_SHAPE=cluster MAGPIE_TEST_FAULT_ROUNDS=10 MAGPIE_TEST_KAFKA_OUTAGE=60 $(ENGINES) \
		swift test --skip-build --no-parallel --filter 'JourneyTests.ClusterFaultTests'

.PHONY: backup-drill
backup-drill: ## Backs both shapes up under load, destroys and restores them, and compares orders, money, stock and events
	@scripts/setup test
	@$(BUILD) --configuration $(CONFIGURATION) --product magpie
	@.tools/venv/bin/python scripts/backup-drill $(DRILL) --write docs/sre/gke-sre-platform-playbook.md \
		--binary "$$(swift build --configuration $(CONFIGURATION) --show-bin-path)/magpie"

.PHONY: drills
drills: ## Breaks a cluster until each alert pages, and follows its runbook: more than an hour; DRILLS="--only ServiceDown"
	@scripts/setup test
	@$(BUILD) --configuration $(CONFIGURATION) --product magpie
	@$(ENGINES) .tools/venv/bin/python scripts/drills $(DRILLS) \
		--binary "$$(swift build --configuration $(CONFIGURATION) --show-bin-path)/magpie"

.PHONY: bench
bench: ## Measures the release build, as one process and as a cluster, compared with baselines
	@scripts/setup bench
	@$(BUILD) --configuration release --product magpie
	@$(BUILD) --configuration release --product magpie-baselines
	@Benchmarks/run $(BENCH)

.PHONY: hostile
hostile: ## Measures the latency of customers while a client sends expensive requests, on the release build
	@scripts/setup run
	@$(BUILD) --configuration release --product magpie
	@Benchmarks/hostile $(HOSTILE)

.PHONY: telemetry
telemetry: ## Measures what traces, logs and metrics cost, on the release build
	@scripts/setup bench
	@$(BUILD) --configuration release --product magpie
	@Benchmarks/telemetry $(TELEMETRY)

.PHONY: format
format: ## Formats the sources
	@swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

.PHONY: lint
lint: ## Checks scripts and generated code
	@scripts/setup test
	@scripts/soundness

.PHONY: protos
protos: ## Regenerates the Swift code of Protos/
	@scripts/setup test
	@scripts/protos
