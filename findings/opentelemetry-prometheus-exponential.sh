#!/usr/bin/env bash
# Guess, written before the run: The Prometheus exporter of OpenTelemetry for Python writes an exponential histogram
#   in some form, or leaves it out with a warning. Other metrics are not concerned.
# Seen: One exponential histogram makes every scrape raise an AttributeError. A counter that was written before
#   is not written either.
# Version: opentelemetry-exporter-prometheus 0.66b2 with opentelemetry-sdk 1.45.2 and prometheus_client 0.26.0
# Why a shop platform meets it: The aggregation can be chosen by a view, and for OTLP by an environment variable.
#   A service that is changed to exponential histograms loses all its metrics in Prometheus, and its alerts with them.
# Source: The OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility", asks for native histograms. The
#   package says of itself that it is a beta version. No issue that describes the error was found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    opentelemetry-exporter-prometheus==0.66b2 opentelemetry-sdk==1.45.2 opentelemetry-api==1.45.2 \
    opentelemetry-semantic-conventions==0.66b2 prometheus-client==0.26.0 typing-extensions==4.16.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View
from prometheus_client import REGISTRY, generate_latest

view = View(instrument_name="wait", aggregation=ExponentialBucketHistogramAggregation())
meter = MeterProvider([PrometheusMetricReader()], views=[view]).get_meter("shop")


def scrape():
    try:
        text = generate_latest(REGISTRY).decode()
    except AttributeError as error:
        return f"AttributeError: {error}"
    return "orders_total is written" if "\norders_total{" in text else "orders_total is missing"


meter.create_counter("orders").add(1)
before = scrape()
meter.create_histogram("wait", unit="s").record(0.2)
after = [scrape(), scrape()]

print("opentelemetry-exporter-prometheus", version("opentelemetry-exporter-prometheus"))
print("before the exponential histogram:", before)
print("after it: expected 'orders_total is written' twice; seen", after)
surprise = all(text.startswith("AttributeError") for text in after)
sys.exit(0 if before == "orders_total is written" and surprise else 1)
PYTHON
