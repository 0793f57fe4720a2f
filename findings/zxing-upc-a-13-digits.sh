#!/usr/bin/env bash
# Guess, written before the run: A UPC-A is read as the format UPC-A with its 12 digits, at least when the
#   reader is set to look for UPC-A only.
# Seen: It is read as EAN-13 with 13 digits and a leading zero. If the reader looks for UPC-A only, the format
#   is UPC-A, but the text has 13 digits all the same.
# Version: zxing-cpp 3.1.1
# Why a shop platform meets it: Products from North America are stored with their 12 digits. A scan at the
#   warehouse finds no product unless both are brought to 14 digits first.
# Source: Issues 1005 and 1098 of zxing-cpp/zxing-cpp: a wanted change, said to follow the ISO specification.
#   Version 2.3 gave 12 digits.
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

options = {"module_width": 0.4, "module_height": 20, "quiet_zone": 10, "write_text": False}
image = barcode.get("upca", "012345000058", writer=ImageWriter()).render(options)


def read(**formats):
    return [(code.text, str(code.format)) for code in zxingcpp.read_barcodes(image, **formats)]


free = read()
only = read(formats=zxingcpp.BarcodeFormat.UPCA)
print("zxing-cpp", version("zxing-cpp"), "and python-barcode", version("python-barcode"))
print("any format: expected 012345000058 as UPC-A, seen", free)
print("UPC-A only: expected 012345000058 as UPC-A, seen", only)
surprise = ([("0012345000058", "EAN-13")], [("0012345000058", "UPC-A")])
sys.exit(0 if (free, only) == surprise else 1)
PYTHON
