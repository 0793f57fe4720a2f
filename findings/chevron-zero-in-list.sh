#!/usr/bin/env bash
# Guess, written before the run: A section over the list 0, 1, 2 writes three entries, the first of them "0", as
#   a section over objects does.
# Seen: chevron leaves out the entry 0, and the empty text as well: [0, 1, 2] gives two entries. A plain {{n}}
#   of 0 and a list of objects that hold a 0 are written. pystache writes all three.
# Version: chevron 0.14.0, compared with pystache 0.6.8
# Why a shop platform meets it: Mails and pages list sizes (children's size 0), remaining stock for each place
#   or amounts.
# Source: Issue 57 of noahmorrison/chevron, open. It says that the tests of the Mustache specification do not
#   cover it.
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

template = "{{#sizes}}[{{.}}]{{/sizes}}"
data = {"sizes": [0, 1, 2]}
seen = chevron.render(template, data)
other = pystache.render(template, data)
objects = chevron.render("{{#sizes}}[{{n}}]{{/sizes}}", {"sizes": [{"n": 0}, {"n": 1}]})

print("chevron", version("chevron"), "and pystache", version("pystache"))
print("expected [0][1][2]")
print("seen with chevron", seen)
print("seen with pystache", other)
print("chevron, list of objects", objects)
sys.exit(0 if (seen, other, objects) == ("[1][2]", "[0][1][2]", "[0][1]") else 1)
PYTHON
