"""What Prometheus is given to remember, as OpenMetrics text: the drills cannot wait for a day."""
import pathlib
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# A fault at the busiest time of the day: four times the customers of the hour before (scripts/firedrills/drills.py
# sends one a second).
RATE = 0.25
COUNT = "http_server_request_duration_seconds"


def journeys():
    return yaml.safe_load((ROOT / "infra/observability/slos.yaml").read_text())["journeys"]


def healthy_hour(now, silence, seconds=3900, step=15):
    """An hour in which every journey that is not silent had RATE requests a second, all fast, and none failed."""
    for journey in journeys():
        if journey["name"] in silence:
            continue
        service, methods = next(iter(journey["routes"].items()))
        method, routes = next(iter(methods.items()))
        labels = (f'job="magpie",instance="history",service="{service}",http_request_method="{method}",'
                  f'http_route="{routes[0]}",http_response_status_code="200"')
        series = [f"{COUNT}_count{{{labels}}}"] + [
            f'{COUNT}_bucket{{{labels},le="{bound}"}}' for bound in (journey["latency"]["below"], "+Inf")]
        for name in series:
            for passed in range(0, seconds, step):
                yield f"{name} {passed * RATE:.2f} {now - seconds + passed}"


def silent_since(now, silence, step=60):
    """Steady requests since yesterday, until a number of minutes ago in the journeys of `silence`."""
    for window in ("5m", "30m"):
        length = int(window[:-1]) * 60
        for journey in journeys():
            ended = now - 60 * silence.get(journey["name"], 0)
            for at in range(now - 90_000, now, step):
                # The rate falls to 0 within its window.
                value = RATE * min(1, max(0, 1 - (at - ended) / length))
                yield (f'slo:requests:rate{window}{{journey="{journey["name"]}",slo="availability"}} '
                       f"{value:.6f} {at}")


def write(path, kinds, silence):
    """`kinds` are `hour` and `yesterday`; `silence` has minutes by the name of a journey. Returns its last second."""
    now = int(time.time())
    lines = list(healthy_hour(now, silence))
    lines += silent_since(now, silence) if "yesterday" in kinds else []
    path.write_text("\n".join([*lines, "# EOF\n"]))
    return now
