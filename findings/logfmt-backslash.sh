#!/usr/bin/env bash
# Guess, written before the run: The parser of logfmt reads back what its own formatter wrote, also a text that ends
#   in a folder such as C:\export. It reads a new line that another library wrote as \n in quotes as well.
# Seen: After any backslash the parser takes the next quote for a part of the value, however far it is. The closing
#   quote does not close: the value is lost, and all fields up to the next quote or the end of the line with it. No
#   error is raised. logfmtkv reads the line of logfmter.
# Version: logfmt 0.4. The second line is written by logfmter 0.0.12 and compared with logfmtkv 0.2.1
# Why a shop platform meets it: Messages of exceptions hold new lines and paths. The fields after them, such as the
#   order or the trace, are missing in a search.
# Source: logfmt has no standard. Its Go library go-logfmt writes a new line as \n in quotes. Issue 14 of
#   josheppinette/python-logfmter says the same of Grafana's parser. No issue of wlonk/logfmt-python was found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    logfmt==0.4 logfmter==0.0.12 logfmtkv==0.2.1

"$folder/venv/bin/python" - <<'PYTHON'
import logging
import sys
from importlib.metadata import version

import logfmt
import logfmtkv
from logfmter import Logfmter

own_fields = {"file": r"C:\export", "order": 1234}
own_line = next(logfmt.format(own_fields))
own = next(logfmt.parse([own_line]))

fields = {"error": "first line\nsecond line", "order": "1234", "trace": "abcd"}
record = logging.LogRecord("orders", logging.ERROR, "orders.py", 1, fields, (), None)
line = Logfmter(keys=[]).format(record)
seen = next(logfmt.parse([line]))
other = logfmtkv.parse(line)

print("logfmt", version("logfmt"), "logfmter", version("logfmter"), "logfmtkv", version("logfmtkv"))
print("line of logfmt  ", own_line)
print("expected", {"file": r"C:\export", "order": "1234"}, "seen", own)
print("line of logfmter", line)
print("expected", fields)
print("seen    ", seen)
print("logfmtkv", other)
surprise = ({"file": True}, {"error": True}, fields)
sys.exit(0 if (own, seen, other) == surprise else 1)
PYTHON
