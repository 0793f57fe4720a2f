#!/usr/bin/env bash
# Guess, written before the run: If two attributes become one label in Prometheus, as order.kind and order_kind
#   do, no value is lost: the specification asks for both values with ";" between them.
# Seen: The Python exporter keeps one of the values. Two series of one counter that differ in the other attribute
#   become two samples with the same name and labels, which Prometheus cannot keep apart.
# Version: opentelemetry-exporter-prometheus 0.66b2 with opentelemetry-sdk 1.45.2 and prometheus_client 0.26.0
# Why a shop platform meets it: Attributes of own code are written with underscores, those of libraries and of the
#   semantic conventions with dots. Where both are set, the counts of a label are wrong.
# Source: The OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility", on metric attributes: values
#   of keys that map to the same label are concatenated, in the order of the original keys. Issue 3928 of
#   open-telemetry/opentelemetry-python, open.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    opentelemetry-exporter-prometheus==0.66b2 opentelemetry-sdk==1.45.2 opentelemetry-api==1.45.2 \
    opentelemetry-semantic-conventions==0.66b2 prometheus-client==0.26.0 typing-extensions==4.16.0

"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys
from importlib.metadata import version

from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from prometheus_client import REGISTRY, generate_latest

meter = MeterProvider([PrometheusMetricReader()]).get_meter("shop")
counter = meter.create_counter("orders")
counter.add(1, {"order.kind": "gift", "order_kind": "web"})
counter.add(5, {"order.kind": "subscription", "order_kind": "web"})
text = generate_latest(REGISTRY).decode()
seen = re.findall(r'^orders_total\{.*order_kind="([^"]*)".*\} (.*)$', text, re.MULTILINE)

print("opentelemetry-exporter-prometheus", version("opentelemetry-exporter-prometheus"))
print("expected [('gift;web', '1.0'), ('subscription;web', '5.0')]")
print("seen    ", seen)
sys.exit(0 if seen == [("web", "1.0"), ("web", "5.0")] else 1)
PYTHON
