#!/usr/bin/env bash
# Guess, written before the run: A lastmod of a year alone, 2025, is read as the first day of that year, and
#   2026-03 as the first day of that month.
# Seen: The missing parts are taken from the day on which the parser runs: on 29 November, 2025 becomes
#   2025-11-29 and 2026-03 becomes 2026-03-29. The same file gives another answer each day. This is so from
#   Python 3.11 on; for older versions the code takes another reader first.
# Version: ultimate-sitemap-parser 1.8.1
# Why a shop platform meets it: Shops publish a sitemap of products. Tests and crawlers compare lastmod to see
#   what changed; both short forms are allowed.
# Source: The sitemaps protocol allows the W3C forms of dates, which include YYYY and YYYY-MM. The behaviour was
#   not found in its documents; the code falls back to the general parser of dateutil, whose documents say that
#   missing parts are those of today.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    ultimate-sitemap-parser==1.8.1 certifi==2026.10.19.post1 charset-normalizer==3.5.3 idna==3.20 \
    python-dateutil==2.9.0.post0 requests==2.34.2 six==1.17.0 urllib3==2.8.0

"$folder/venv/bin/python" - <<'PYTHON'
import calendar
import datetime
import sys
from importlib.metadata import version

from usp.tree import sitemap_from_str

head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
page = "<url><loc>https://shop.example/{0}</loc><lastmod>{0}</lastmod></url>"


def read():
    text = head + page.format("2025") + page.format("2026-03") + page.format("2026-03-04") + "</urlset>"
    return [entry.last_modified.date() for entry in sitemap_from_str(text).all_pages()]


def filled(today):
    def day(year, month):
        last = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, min(today.day, last))

    return [day(2025, today.month), day(2026, 3), datetime.date(2026, 3, 4)]


before = datetime.date.today()
seen = read()
after = datetime.date.today()

print("ultimate-sitemap-parser", version("ultimate-sitemap-parser"), "run on", after)
for text, expected, got in zip(
    ("2025", "2026-03", "2026-03-04"), ("2025-01-01", "2026-03-01", "2026-03-04"), seen
):
    print(f"lastmod {text}: expected {expected}, seen {got}")
sys.exit(0 if seen in (filled(before), filled(after)) else 1)
PYTHON
