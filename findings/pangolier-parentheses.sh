#!/usr/bin/env bash
# Guess, written before the run: A builder of PromQL that works with Python's operators writes an expression that
#   reads back as it was built, with parentheses where they are needed: (a + b) * c, and also a - (b - c).
# Seen: pangolier writes parentheses only around operators of a lower rank. a - (b - c) becomes a - b - c, and
#   a / (b * c) becomes a / b * c, which is another number. (a + b) * c keeps its parentheses.
# Version: pangolier 0.4.2. promql-parser 0.12.0 reads the texts
# Why a shop platform meets it: Rules for availability divide by products and subtract differences, for example
#   failed / (requests * budget). The rule is valid and alerts at the wrong value.
# Source: The documentation of Prometheus on operators: operators of the same rank are left-associative. No
#   issue of pangolier was found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pangolier==0.4.2 promql-parser==0.12.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import promql_parser
from pangolier.metrics import Metric

a, b, c = Metric("a"), Metric("b"), Metric("c")
built = [
    ("(a + b) * c", "left", (a + b) * c),
    ("a - (b - c)", "right", a - (b - c)),
    ("a / (b * c)", "right", a / (b * c)),
]
print("pangolier", version("pangolier"), "and promql-parser", version("promql-parser"))
rows = []
for expected, side, query in built:
    text = query.to_str()
    tree = promql_parser.parse(text)
    inner = "right" if type(tree.lhs).__name__ == "VectorSelector" else "left"
    rows.append((text, inner))
    print(f"expected {expected!r}, inner operator at the {side}; seen {text!r}, at the {inner}")
surprise = [("(a + b) * c", "left"), ("a - b - c", "left"), ("a / b * c", "left")]
sys.exit(0 if rows == surprise else 1)
PYTHON
