#!/usr/bin/env bash
# Guess, written before the run: In {{#order}}{{address.city}}{{/order}} the first part, address, is found in
#   the order. If that address has no city, nothing is written.
# Seen: chevron looks for the whole dotted name again in the outer data and writes the city of another address.
#   pystache writes nothing.
# Version: chevron 0.14.0, compared with pystache 0.6.8
# Why a shop platform meets it: The data of a mail holds an address for the shop, for the customer and for each
#   order. A field that is missing in the inner one is filled from another.
# Source: The Mustache specification, interpolation tests on the precedence of contexts for dotted names: only
#   the first part is looked for in outer contexts.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    chevron==0.14.0 pystache==0.6.8

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import chevron
import pystache

template = "{{#order}}city: {{address.city}}{{/order}}"
data = {
    "address": {"city": "City of the shop"},
    "order": {"address": {"street": "1 Example Street"}},
}
seen = chevron.render(template, data)
other = pystache.render(template, data)

print("chevron", version("chevron"), "and pystache", version("pystache"))
print("expected 'city: '")
print(f"seen with chevron {seen!r}")
print(f"seen with pystache {other!r}")
sys.exit(0 if (seen, other) == ("city: City of the shop", "city: ") else 1)
PYTHON
