#!/usr/bin/env bash
# Guess, written before the run: promql-parser reads what Prometheus reads. In back quotes a backslash has no meaning,
#   so that path=~`/orders/\d+` is a valid matcher.
# Seen: It refuses the query with "unknown escape sequence". The same value in double quotes with two backslashes
#   is read. A backslash that happens to be a valid escape, as in `a\n`, is kept as two characters.
# Version: promql-parser 0.12.0
# Why a shop platform meets it: Back quotes are often used to write regular expressions in dashboards and rules.
#   A check of rules that uses this parser refuses rules that Prometheus takes.
# Source: The documentation of Prometheus on string literals: no escaping is processed inside back quotes. No issue
#   of GreptimeTeam/promql-parser was found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check promql-parser==0.12.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import promql_parser


def read(query):
    try:
        return repr(promql_parser.parse(query))
    except ValueError as error:
        return f"refused: {error}"


digits = read(r"requests_total{path=~`/orders/\d+`}")
double = read(r'requests_total{path=~"/orders/\\d+"}')
kept = read(r"requests_total{path=`a\n`}") == read(r'requests_total{path="a\\n"}')

print("promql-parser", version("promql-parser"))
print("with back quotes: expected to be read, seen", digits)
print("with double quotes and two backslashes: read", not double.startswith("refused"))
print(r"`a\n` is the text of three characters:", kept)
surprise = digits.startswith("refused: unknown escape sequence 'd'")
sys.exit(0 if surprise and not double.startswith("refused") and kept else 1)
PYTHON
