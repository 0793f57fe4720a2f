#!/usr/bin/env bash
# Guess, written before the run: A JSON formatter for logs writes a Decimal as a number or as the text "1.10".
# Seen: ecs-logging writes Python's own notation, "Decimal('1.10')", and for a date "datetime.datetime(2026, 11, ...)".
#   json-log-formatter writes "1.10" and "2026-11-30T12:00:00+00:00".
# Version: ecs-logging 2.3.0, compared with JSON-log-formatter 1.2.1
# Why a shop platform meets it: Amounts and times of orders are given as extra fields. Elasticsearch takes the text
#   for a keyword, or refuses the record if the field is mapped as a number or a date.
# Source: none found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    ecs-logging==2.3.0 typing-extensions==4.16.0 JSON-log-formatter==1.2.1

"$folder/venv/bin/python" - <<'PYTHON'
import json
import logging
import sys
from datetime import datetime, timezone
from decimal import Decimal
from importlib.metadata import version

import ecs_logging
import json_log_formatter

record = logging.LogRecord("orders", logging.INFO, "orders.py", 1, "placed", (), None)
record.amount = Decimal("1.10")
record.due = datetime(2026, 11, 30, 12, tzinfo=timezone.utc)
rows = []
for formatter in (ecs_logging.StdlibFormatter(), json_log_formatter.JSONFormatter()):
    written = json.loads(formatter.format(record))
    rows.append((written["amount"], written["due"]))

print("ecs-logging", version("ecs-logging"), "JSON-log-formatter", version("JSON-log-formatter"))
print("expected ('1.10', '2026-11-30T12:00:00+00:00')")
print("seen with ecs-logging", rows[0])
print("seen with JSON-log-formatter", rows[1])
python_notation = (repr(record.amount), repr(record.due))
sys.exit(0 if rows == [python_notation, ("1.10", "2026-11-30T12:00:00+00:00")] else 1)
PYTHON
