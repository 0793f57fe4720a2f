#!/usr/bin/env bash
# Guess, written before the run: A script element with the type "application/ld+json; charset=utf-8", or with a
#   profile as JSON-LD 1.1 describes, is found as JSON-LD.
# Seen: Only the exact text application/ld+json is found. With a parameter, or with capital letters, the list of
#   items is empty, and there is no error.
# Version: extruct 0.18.0
# Why a shop platform meets it: A shop checks its product pages, and those of partners, for schema.org data.
#   Some content systems write the charset parameter.
# Source: JSON-LD 1.1, section on embedding in HTML, allows parameters such as profile. Media types do not
#   depend on case. Not found in the documents of extruct.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    extruct==0.18.0 beautifulsoup4==4.15.0 certifi==2026.10.19.post1 charset-normalizer==3.5.3 html-text==0.7.1 \
    html5lib==1.1 idna==3.20 jstyleson==0.0.2 lxml==6.1.3 lxml_html_clean==0.4.6 mf2py==2.0.2 pyparsing==3.3.3 \
    pyrdfa3==3.6.5 rdflib==7.6.0 requests==2.34.2 six==1.17.0 soupsieve==4.1.3 typing_extensions==4.16.0 \
    urllib3==2.8.0 w3lib==2.5.0 webencodings==0.6.1

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import extruct

page = "<html><head><script type='{}'>{{\"@type\": \"Product\"}}</script></head><body></body></html>"
kinds = [
    "application/ld+json",
    "application/ld+json; charset=utf-8",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"',
    "Application/LD+JSON",
]
print("extruct", version("extruct"))
seen = []
for kind in kinds:
    items = extruct.extract(page.format(kind), syntaxes=["json-ld"])["json-ld"]
    seen.append(len(items))
    print(f"type {kind}: expected 1 item, seen {len(items)}")
sys.exit(0 if seen == [1, 0, 0, 0] else 1)
PYTHON
