#!/usr/bin/env bash
# Guess, written before the run: A rule of the style sheet with !important is stronger than the style attribute
#   of an element, as CSS says, so the inlined colour is that of the rule.
# Seen: premailer lets the style attribute win and removes the !important: the mail changes its look by
#   inlining. It does so with strip_important=False too. css-inline keeps the rule.
# Version: premailer 3.10.0, compared with css-inline 0.24.0
# Why a shop platform meets it: Mails of a shop are inlined before they are sent, and templates for phones use
#   !important to override the widths and colours of elements.
# Source: Issue 273 of peterbe/premailer, open. CSS Cascading, order of importance.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    premailer==3.10.0 css-inline==0.24.0 cachetools==8.0.2 certifi==2026.10.19.post1 chardet==7.7.0 \
    charset-normalizer==3.5.3 cssselect==1.6.0 cssutils==2.15.0 encutils==1.0.0 idna==3.20 lxml==6.1.3 \
    more-itertools==11.2.1 requests==2.34.2 urllib3==2.8.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import css_inline
import premailer

mail = (
    "<html><head><style>p { color: red !important }</style></head>"
    '<body><p style="color: blue">Thank you</p></body></html>'
)


def colour(text):
    return "red" if "red" in text.split("<body>")[1] else "blue"


seen = [
    colour(premailer.transform(mail)),
    colour(premailer.transform(mail, strip_important=False)),
    colour(css_inline.inline(mail)),
]
print("premailer", version("premailer"), "and css-inline", version("css-inline"))
print("expected red three times")
print("seen with premailer", seen[0])
print("seen with premailer, strip_important=False", seen[1])
print("seen with css-inline", seen[2])
sys.exit(0 if seen == ["blue", "blue", "red"] else 1)
PYTHON
