#!/usr/bin/env bash
# Guess, written before the run: Data of an event with the media type application/json has the same value after
#   it was sent and read, in the structured and in the binary HTTP mode. The binary body is JSON.
# Seen: The structured mode keeps each text. The binary mode writes a text without quotes, and reading takes the
#   body for JSON where it can: the text "12" comes back as the number 12 and the text "true" as a Boolean. The
#   body of the text "A 12" is not JSON. An object is kept in both modes.
# Version: cloudevents 2.2.0 (the Python SDK)
# Why a shop platform meets it: Events are passed on in both modes. A SKU, a postal code or a state that is the
#   whole data of an event changes its type on the way, or other SDKs cannot read it.
# Source: The HTTP binding of CloudEvents 1.0: in the binary mode the body holds the data in the format that
#   Content-Type names. The SDK lists dict, str and bytes as types of data; the difference was not found in its
#   documents.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    cloudevents==2.2.0 deprecation==2.1.0 packaging==26.4 python-dateutil==4.0.0 tzdata==2026.6

"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys
from importlib.metadata import version

from cloudevents.core.bindings import http
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

form = JSONFormat()


def event(data):
    attributes = {
        "id": "1",
        "source": "/stock",
        "type": "example.stock",
        "datacontenttype": "application/json",
    }
    return CloudEvent(attributes, data)


def is_json(body):
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


print("cloudevents", version("cloudevents"))
rows = []
for data in ({"sku": "12"}, "A 12", "12", "true"):
    binary = http.to_binary(event(data), form)
    back = http.from_binary(binary, form).get_data()
    structured = http.from_structured(http.to_structured(event(data), form), form).get_data()
    rows.append((data, back, structured, is_json(binary.body)))
    print(
        f"sent {data!r}: expected {data!r} in both modes; structured {structured!r}, "
        f"binary {back!r}, body {binary.body!r}, is JSON: {is_json(binary.body)}"
    )
surprise = [
    ({"sku": "12"}, {"sku": "12"}, {"sku": "12"}, True),
    ("A 12", "A 12", "A 12", False),
    ("12", 12, "12", True),
    ("true", True, "true", True),
]
sys.exit(0 if repr(rows) == repr(surprise) else 1)
PYTHON
