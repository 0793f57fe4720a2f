#!/usr/bin/env bash
# Guess, written before the run: A record with a level between the five of Python's logging, such as 25 for a notice,
#   is sent to Graylog with a syslog level between 0 and 7.
# Seen: pygelf sends nothing: the handler ends with a KeyError, which logging writes to standard error. graypy
#   sends "level": 25, which no syslog level has. The level 30 is sent as 4 by both.
# Version: pygelf 0.4.3 and graypy 2.1.0
# Why a shop platform meets it: Audit records and notices are often given a level of their own. They are missing in
#   the log, or a search for "level at most 5" does not find them.
# Source: The GELF specification: "level" is the level as in syslog. The documentation of logging allows levels of
#   one's own. Pull request 76 of severb/graypy, closed, describes it for graypy. For pygelf no issue was found.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pygelf==0.4.3 graypy==2.1.0

"$folder/venv/bin/python" - <<'PYTHON'
import json
import logging
import socket
import sys
import zlib
from importlib.metadata import version

import graypy
import pygelf

receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
receiver.settimeout(1)
port = receiver.getsockname()[1]
errors = []


def sent(handler, level):
    handler.handleError = lambda record: errors.append(sys.exc_info()[0].__name__)
    handler.handle(logging.LogRecord("audit", level, "audit.py", 1, "price changed", (), None))
    try:
        return json.loads(zlib.decompress(receiver.recv(65535)))["level"]
    except TimeoutError:
        return None


handlers = [
    pygelf.GelfUdpHandler("127.0.0.1", port, compress=True),
    graypy.GELFUDPHandler("127.0.0.1", port),
]
seen = [[sent(handler, level) for level in (30, 25)] for handler in handlers]

print("pygelf", version("pygelf"), "and graypy", version("graypy"))
print("levels 30 and 25: expected 4 and one of 0 to 7 (5 is a notice)")
print("seen with pygelf", seen[0], "and the error", errors)
print("seen with graypy", seen[1])
sys.exit(0 if (seen, errors) == ([[4, None], [4, 25]], ["KeyError"]) else 1)
PYTHON
