"""The commands of the runbooks, executed from their text."""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs/sre/runbooks"
# A command that takes longer than this hangs.
LIMIT = 180


def blocks(alert, section):
    """The `sh` blocks below a heading of the alert's runbook."""
    text = (FOLDER / f"{alert}.md").read_text()
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return re.findall(r"^```sh\n(.*?)^```", parts.get(section, ""), re.MULTILINE | re.DOTALL)


def lines(alert, section, pattern):
    """The single commands that match; a drill that names one which is not there is wrong."""
    found = [line for block in blocks(alert, section) for line in block.splitlines() if re.search(pattern, line)]
    if not found:
        raise LookupError(f"{alert}.md has no command {pattern} below {section}")
    return found


class Desk:
    """Where the commands are run: a folder in which `scripts/ops` and `data-cluster` are what the runbooks expect."""

    def __init__(self, folder, data, environment):
        self.folder, self.environment = folder, environment
        for name in ("scripts", "docs", "infra", "Sources"):
            (folder / name).symlink_to(ROOT / name)
        (folder / "data-cluster").symlink_to(data)

    def run(self, command, labels):
        """Status and output of a command; `SERVICE` is the alert's label."""
        environment = {**os.environ, **self.environment}
        if "service" in labels:
            environment["SERVICE"] = labels["service"]
        try:
            done = subprocess.run(
                ["bash", "-c", command], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=LIMIT)
        except subprocess.TimeoutExpired as error:
            return 124, (error.stdout or b"").decode(errors="replace") + f"\nno end within {LIMIT} s"
        return done.returncode, done.stdout
