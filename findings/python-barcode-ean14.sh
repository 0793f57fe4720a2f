#!/usr/bin/env bash
# Guess: The type "ean14" draws a code that a scanner reads as the GTIN with 14 digits.
# Seen: The image is an EAN-13 that is one digit too long, 102 modules wide instead of 95. No such symbol
#   exists, and the scanner reads nothing at any size. The EAN-13 and the ITF drawn in the same way are read; a
#   GTIN with 14 digits belongs in an ITF-14 or a GS1-128.
# Version: python-barcode 0.16.1, read with zxing-cpp 3.1.1
# Why a shop platform meets it: Labels for cartons hold a GTIN-14, and "ean14" is the type whose name fits.
# Source: Issue 103 of WhyNotHugo/python-barcode, open. The GS1 General Specifications list the symbols that
#   carry a GTIN-14.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    python-barcode==0.16.1 pillow==13.0.0 zxing-cpp==3.1.1

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import barcode
import zxingcpp
from barcode.writer import ImageWriter


def scan(kind, text):
    found = []
    for width in (0.3, 0.5, 0.8):
        options = {"module_width": width, "module_height": 20, "quiet_zone": 10, "write_text": False}
        image = barcode.get(kind, text, writer=ImageWriter()).render(options)
        found.append([code.text for code in zxingcpp.read_barcodes(image)])
    return found


print("python-barcode", version("python-barcode"), "and zxing-cpp", version("zxing-cpp"))
seen = {}
for kind, text in (
    ("ean14", "04006381333931"),
    ("itf", "04006381333931"),
    ("ean13", "4006381333931"),
):
    seen[kind] = scan(kind, text)
    modules = len(barcode.get(kind, text).build()[0])
    print(f"{kind}, {modules} modules: expected {text} at three widths, seen {seen[kind]}")
surprise = {
    "ean14": [[], [], []],
    "itf": [["04006381333931"]] * 3,
    "ean13": [["4006381333931"]] * 3,
}
sys.exit(0 if seen == surprise else 1)
PYTHON
