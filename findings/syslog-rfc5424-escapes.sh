#!/usr/bin/env bash
# Guess, written before the run: A parser of RFC 5424 gives the values of structured data without the escapes
#   of the format, and the message without the byte order mark that says that it is UTF-8.
# Seen: syslog-rfc5424-parser keeps the backslashes before a quote, a bracket and a backslash, and the mark U+FEFF at
#   the start of the message. Of a parameter that is given twice only the last value is kept.
# Version: syslog-rfc5424-parser 0.3.2
# Why a shop platform meets it: Logs of proxies and databases come as syslog. A search for the value, or a rule
#   on the start of the message, does not match what was logged.
# Source: RFC 5424, sections 6.3.3 (escapes; a parameter may be repeated) and 6.4 (byte order mark). The message with
#   the mark is like the first example of section 6.5.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    syslog-rfc5424-parser==0.3.2 lark-parser==0.6.7

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from syslog_rfc5424_parser import SyslogMessage

line = (
    "<165>1 2026-11-30T12:00:00.003Z shop.example orders - ID47 "
    r'[order@32473 note="say \"hello\"" path="C:\\temp" size="[XL\]" ip="192.0.2.1" ip="192.0.2.2"] '
    "\ufefforder placed"
)
message = SyslogMessage.parse(line)
data = message.sd["order@32473"]
names = ["note", "path", "size", "ip"]
seen = [data[name] for name in names] + [message.msg]

print("syslog-rfc5424-parser", version("syslog-rfc5424-parser"))
expected = ['say "hello"', "C:\\temp", "[XL]", ["192.0.2.1", "192.0.2.2"], "order placed"]
for name, want, value in zip(names + ["message"], expected, seen):
    print(f"{name}: expected {want!r}, seen {value!r}")
surprise = [r"say \"hello\"", r"C:\\temp", r"[XL\]", "192.0.2.2", "\ufefforder placed"]
sys.exit(0 if seen == surprise else 1)
PYTHON
