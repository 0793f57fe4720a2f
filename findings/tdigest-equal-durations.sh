#!/usr/bin/env bash
# Guess, written before the run: Percentiles of a t-digest are close to the true ones, and closest at the ends. Of
#   100 values with 95 of 0.05 and 5 of 3.0 the 50th and the 90th percentile are 0.05.
# Seen: tdigest keeps equal values as one centroid and interpolates from its middle to the next one. The 50th
#   percentile is 0.1975, the 90th 2.5575. fastdigest gives 0.05 for both.
# Version: tdigest 0.5.2.2 (a C compiler builds its accumulation-tree), compared with fastdigest 0.12.0
# Why a shop platform meets it: Durations are often rounded to milliseconds and repeat. A page that takes 50 ms for
#   95 of 100 visitors is reported with a 90th percentile of 2.6 s.
# Source: Issue 60 of CamDavidsonPilon/tdigest, open.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    tdigest==0.5.2.2 accumulation-tree==0.6.4 pyudorandom==1.0.0 fastdigest==0.12.0

"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import fastdigest
import tdigest

seconds = [0.05] * 95 + [3.0] * 5
digest = tdigest.TDigest()
digest.batch_update(seconds)
other = fastdigest.TDigest.from_values(seconds)
seen = [round(digest.percentile(p), 4) for p in (50, 90)]
fast = [round(other.percentile(p), 4) for p in (50, 90)]

print("tdigest", version("tdigest"), "and fastdigest", version("fastdigest"))
print("50th and 90th percentile of 95 times 0.05 and 5 times 3.0: expected [0.05, 0.05]")
print("seen with tdigest", seen)
print("seen with fastdigest", fast)
sys.exit(0 if (seen, fast) == ([0.1975, 2.5575], [0.05, 0.05]) else 1)
PYTHON
