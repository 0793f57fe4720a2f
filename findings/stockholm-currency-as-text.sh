#!/usr/bin/env bash
# Guess, written before the run: Money("1000", "JPY") knows that the yen has no decimals, as the library has a
#   table of currencies and says that the text "JPY" equals Currency.JPY.
# Seen: A currency given as text always has two decimals: 1000 yen are 100000 sub units, 1.234 dinars are 123.4,
#   and 1999 sub units of yen are 19.99 yen. With Currency.JPY, which compares equal to "JPY", the results are
#   right.
# Version: stockholm 0.5.7
# Why a shop platform meets it: Payment providers take amounts in minor units, and a currency code usually comes
#   as text from a database or from JSON.
# Source: The README shows both ways to give a currency and says that Currency objects can hold options such as
#   the number of decimals. That the text form does not look them up was not found there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    stockholm==0.5.7

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from stockholm import Currency, Money

rows = [
    ("equal", True, "JPY" == Currency.JPY),
    ("1000 JPY, text", "1000", str(Money("1000", "JPY").sub_units)),
    ("1000 JPY, object", "1000", str(Money("1000", Currency.JPY).sub_units)),
    ("1.234 KWD, text", "1234", str(Money("1.234", "KWD").sub_units.normalize())),
    ("1.234 KWD, object", "1234", str(Money("1.234", Currency.KWD).sub_units)),
    ("1999 sub units of JPY, text", "1999 JPY", str(Money.from_sub_units(1999, "JPY"))),
]
print("stockholm", version("stockholm"))
for name, expected, seen in rows:
    print(f"{name}: expected {expected}, seen {seen}")
surprise = [True, "100000", "1000", "123.4", "1234", "19.99 JPY"]
sys.exit(0 if [row[2] for row in rows] == surprise else 1)
PYTHON
