"""Load on a shop, the same for every shape it runs in."""
import json
import os
import re
import shutil
import subprocess
import sys

from .servers import ROOT, call, get

RATE = 5
BUYERS = (1, 16)


def stock_up(binary, environment, base):
    """Stocks a million units of every variant; `environment` names the shop."""
    account = {"email": "bench@example.com", "password": "a long enough password"}
    subprocess.run(
        [binary / "magpie", "admin", "create", account["email"], "--password", account["password"]],
        env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    token = call(base + "/api/v1/auth/login", "POST", account)["access_token"]
    for product in json.loads(get(base + "/api/v1/products?limit=100"))["items"]:
        for variant in product["variants"]:
            call(f"{base}/api/v1/admin/inventory/{variant['id']}", "PATCH", {"on_hand": 1_000_000}, token)


def k6(base, folder, seconds, **settings):
    """Runs journey.js; returns its metrics. A request that fails ends the run."""
    program = shutil.which("k6", path=f"{ROOT}/.tools/venv/bin:{os.environ['PATH']}")
    summary = folder / "summary.json"
    command = [program, "run", "--quiet", "--no-usage-report", "--summary-export", summary,
               "-e", f"SHOP={base}", "-e", f"SECONDS={seconds}"]
    for name, value in settings.items():
        command += ["-e", f"{name}={value}"]
    run = subprocess.run([*command, ROOT / "Benchmarks/journey.js"], stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit("requests failed:\n" + run.stdout)
    return json.loads(summary.read_text())["metrics"]


def journey(base, folder, quick):
    return k6(base, folder, 10 if quick else 60, MODE="journey", RATE=RATE)


def orders(base, folder, seconds, buyers):
    """How many orders were placed (`count`), and how many a second (`rate`)."""
    return k6(base, folder, seconds, MODE="orders", BUYERS=buyers)["orders"]


def requests_a_second(url, seconds):
    report = subprocess.run(
        ["wrk", "--threads", "1", "--connections", "32", "--duration", f"{seconds}s", url],
        check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in report or "Socket errors" in report:
        sys.exit("requests failed:\n" + report)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])
