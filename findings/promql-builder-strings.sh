#!/usr/bin/env bash
# Guess, written before the run: Grafana's builder of PromQL escapes the text of a label matcher. A text with a quote,
#   a backslash or a new line, such as the regular expression /cart\b.*, reaches Prometheus as it was given.
# Seen: The text is written as it is. In PromQL \b in double quotes is the character backspace: the query is valid
#   and does not match. The texts of label_replace are written without any quotes, which is not valid PromQL.
# Version: promql-builder 0.0.6. promql-parser 0.12.0 reads the texts
# Why a shop platform meets it: Routes and hosts are matched by regular expressions with \b, \d and \. in dashboards
#   and alerts. An alert whose matcher finds no series never fires.
# Source: The documentation of Prometheus on string literals: escapes as in Go, so that a backslash is written twice.
#   No issue of grafana/promql-builder was found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    promql-builder==0.0.6 promql-parser==0.12.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import promql_parser
from promql_builder.builders import promql

pattern = r"/cart\b.*"
query = str(promql.vector("requests_total").label_match_regexp("path", pattern))
read = repr(promql_parser.parse(query))
given = repr(promql_parser.parse('requests_total{path=~"/cart\\\\b.*"}'))
backspace = repr(promql_parser.parse('requests_total{path=~"/cart\\u0008.*"}'))
replace = str(promql.label_replace(promql.vector("up"), "host", "$1", "instance", "(.*):.*"))
try:
    promql_parser.parse(replace)
    valid = True
except ValueError as error:
    valid = False
    print("error of promql-parser:", error)

print("promql-builder", version("promql-builder"), "and promql-parser", version("promql-parser"))
print(r'expected requests_total{path=~"/cart\\b.*"}')
print("seen    ", query)
print("is read as given:", read == given, "- is read with a backspace:", read == backspace)
print('expected label_replace(up, "host", "$1", "instance", "(.*):.*")')
print("seen    ", replace, "- is valid:", valid)
texts = (r'requests_total{path=~"/cart\b.*"}', "label_replace(up, host, $1, instance, (.*):.*)")
surprise = read != given and read == backspace and not valid
sys.exit(0 if (query, replace) == texts and surprise else 1)
PYTHON
