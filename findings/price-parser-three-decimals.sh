#!/usr/bin/env bash
# Guess, written before the run: In a text that has both separators, such as "1,234.567 TND", the last separator
#   is the decimal one. A number that starts with "0." or "0," is smaller than one.
# Seen: Exactly three digits after the last separator are always read as thousands: "1,234.567 TND" gives
#   1234567, "$0.125" gives 125, "0,999 €" gives 999. Two or four digits are read as expected.
# Version: price-parser 0.5.1
# Why a shop platform meets it: Unit prices (per kWh, litre or piece) and the dinars of Kuwait, Bahrain and
#   Tunisia have three decimals. Supplier feeds and pages of other shops are read with such a parser.
# Source: The project's README says that the separator is guessed and offers decimal_separator; issue 46 of
#   scrapinghub/price-parser is about one separator. The two cases here are not mentioned.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    price-parser==0.5.1 attrs==26.1.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from price_parser import Price

expected = {
    "1,234.567 TND": "1234.567",
    "$0.125": "0.125",
    "0,999 €": "0.999",
    "0.05 $": "0.05",
    "1,234.5678 USD": "1234.5678",
}
surprise = {**expected, "1,234.567 TND": "1234567", "$0.125": "125", "0,999 €": "999"}
seen = {text: str(Price.fromstring(text).amount) for text in expected}

print("price-parser", version("price-parser"))
for text in expected:
    print(f"{text!r}: expected {expected[text]}, seen {seen[text]}")
given = str(Price.fromstring("$0.125", decimal_separator=".").amount)
print(f"'$0.125' with decimal_separator='.': {given}")
sys.exit(0 if seen == surprise and given == "0.125" else 1)
PYTHON
