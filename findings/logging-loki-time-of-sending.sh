#!/usr/bin/env bash
# Guess, written before the run: The handler for Loki sends each record with the time at which it was made, and makes
#   label names valid, also where a tag has a dot.
# Seen: With the current form of the push API (version "1") python-logging-loki sends the time of the sending, and
#   the tag service.name as it is. With the old form (version "0") it sends the time of the record and service_name.
# Version: python-logging-loki 0.3.1
# Why a shop platform meets it: Handlers for Loki are put behind a queue so that a request does not wait. If Loki
#   is slow the entries move to a later minute, and their order against other services changes.
# Source: Issue 12 of GreyZmeem/python-logging-loki, open, on the time. Loki's documentation on labels allows letters,
#   digits, underscores and colons in a name.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    python-logging-loki==0.3.1 rfc3339==6.2 requests==2.34.2 urllib3==2.8.0 idna==3.20 \
    charset-normalizer==3.5.3 certifi==2026.10.19.post1

"$folder/venv/bin/python" - <<'PYTHON'
import json
import logging
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

import logging_loki

bodies = []


class Loki(BaseHTTPRequestHandler):
    def do_POST(self):
        bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Loki)
threading.Thread(target=server.serve_forever, daemon=True).start()
started = time.time()
for form in ("0", "1"):
    handler = logging_loki.LokiHandler(
        url=f"http://127.0.0.1:{server.server_port}/push", tags={"service.name": "orders"}, version=form
    )
    record = logging.LogRecord("orders", logging.INFO, "orders.py", 1, "placed", (), None)
    record.created = 1700000000.5
    handler.emit(record)
server.shutdown()

old = bodies[0]["streams"][0]
new = bodies[1]["streams"][0]
seconds = int(new["values"][0][0]) / 1e9
print("python-logging-loki", version("python-logging-loki"))
print("record made at 1700000000.5 (2023-11-14T22:13:20.5Z)")
print("version 0: time", old["entries"][0]["ts"], "labels", old["labels"])
print("version 1: expected the time 1700000000.5 and the label service_name")
print("version 1: seen the time of the sending:", seconds >= started, "labels", new["stream"])
kept = old["entries"][0]["ts"].startswith("2023-11-14T22:13:20.5") and "service_name=" in old["labels"]
sys.exit(0 if kept and seconds >= started and "service.name" in new["stream"] else 1)
PYTHON
