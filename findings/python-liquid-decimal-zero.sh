#!/usr/bin/env bash
# Guess, written before the run: A filter such as times computes with a Decimal: 19.90 times 2 is 39.80. If the
#   type is not supported, there is an error.
# Seen: The template prints the Decimal 19.90, but each filter for numbers takes it for 0 and gives no error:
#   times 2 gives 0, minus 1 gives -1. The same price as a float or as text is computed correctly, as filters
#   use Decimal inside.
# Version: python-liquid 2.3.6
# Why a shop platform meets it: Decimal is the usual Python type for prices, and Liquid is a usual language for
#   the mails and themes of shops.
# Source: Liquid itself takes a value that is not a number for 0. That this includes Decimal was not found in
#   the documents of python-liquid.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    python-liquid==2.3.6 babel==2.19.0 importlib_resources==7.1.0 MarkupSafe==3.0.4 python-dateutil==4.0.0 \
    pytz==2026.6 tzdata==2026.6

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal
from importlib.metadata import version

from liquid import render

print("python-liquid", version("python-liquid"))
rows = []
for template, expected in (
    ("{{ price }}", "19.90"),
    ("{{ price | times: 2 }}", "39.8"),
    ("{{ price | minus: 1 }}", "18.9"),
    ("{{ price | round: 1 }}", "19.9"),
):
    seen = [render(template, price=price) for price in (Decimal("19.90"), 19.90, "19.90")]
    rows.append(seen)
    print(f"{template}: expected {expected}, seen Decimal {seen[0]}, float {seen[1]}, text {seen[2]}")
surprise = [
    ["19.90", "19.9", "19.90"],
    ["0", "39.8", "39.8"],
    ["-1", "18.9", "18.9"],
    ["0", "19.9", "19.9"],
]
sys.exit(0 if rows == surprise else 1)
PYTHON
