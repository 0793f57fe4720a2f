#!/usr/bin/env bash
# Guess, written before the run: A JSON-LD price 9.90 whose type is xsd:decimal becomes the literal "9.9" when
#   the document is turned into RDF.
# Seen: It becomes "9.9E0" and is still marked xsd:decimal, a type that has no exponent. A price of 19 stays
#   "19", so only prices with cents are affected. A price given as text is kept as it is.
# Version: PyLD 3.3.0
# Why a shop platform meets it: schema.org offers are published as JSON-LD. A strict reader of RDF refuses the
#   price or warns about it.
# Source: The JSON-LD 1.1 algorithm from objects to RDF prescribes the form with an exponent for each number
#   with a fraction. XML Schema part 2 forbids an exponent in a decimal. Issue 1536 of w3c/dxwg discusses it;
#   issue 370 of uncefact/spec-untp shows the warning of Apache Jena.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    PyLD==3.3.0 cachetools==8.0.2 frozendict==2.5.1 lxml==6.1.3

"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys
from importlib.metadata import version

from pyld import jsonld

context = {
    "@vocab": "https://schema.org/",
    "price": {"@type": "http://www.w3.org/2001/XMLSchema#decimal"},
}


def literal(price):
    offer = {"@context": context, "@id": "https://shop.example/offer", "price": price}
    quads = jsonld.to_rdf(offer, {"format": "application/n-quads"})
    return re.search(r'"([^"]*)"\^\^<http://www.w3.org/2001/XMLSchema#decimal>', quads)[1]


decimal = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
print("PyLD", version("PyLD"))
seen = {}
for price, expected in ((9.90, "9.9"), (19, "19"), ("9.90", "9.90")):
    seen[price] = literal(price)
    valid = bool(decimal.fullmatch(seen[price]))
    print(f"price {price!r}: expected {expected}, seen {seen[price]}, a valid xsd:decimal: {valid}")
sys.exit(0 if seen == {9.90: "9.9E0", 19: "19", "9.90": "9.90"} else 1)
PYTHON
