"""The objectives of infra/observability/slos.yaml, by the recording rules that scripts/slo writes."""
from .grafana import BAD, GOOD, NEUTRAL, WARNING, Dashboard, Query, Row, bars, graph, number, steps, table, variable

BUDGET = steps(BAD, (0, WARNING), (0.25, GOOD))
CHOSEN = 'journey=~"$journey", slo=~"$slo"'
LEGEND = "{{journey}} {{slo}}"
# Windows of the burn alerts, with the rate that fires each: pages first.
BURNS = (("5m", "1h", 14.4, "page"), ("30m", "6h", 6, "page"), ("2h", "1d", 3, "ticket"), ("6h", "3d", 1, "ticket"))


def burn(window, match=""):
    """How many times faster than allowed the budget is used: 1 empties it in exactly 30 days."""
    failures = f"slo:failures:ratio_rate{window}" + (f"{{{match}}}" if match else "")
    return f"{failures} / on (journey, slo) (1 - slo:objective:ratio)"


def summary():
    """The panels of the overview."""
    return [
        bars("How much of the error budget is left?",
             "Of 30 days. Below 0 the objective is missed. Nothing is shown without requests.",
             Query("slo:error_budget_remaining:ratio30d", LEGEND), unit="percentunit", minimum=-0.5, maximum=1,
             thresholds=BUDGET, width=12),
        graph("How fast is it used?", "The burn rate of the last hour: 1 empties the budget in 30 days, 14.4 pages.",
              Query(burn("1h"), LEGEND), unit="none", thresholds=steps(GOOD, (6, WARNING), (14.4, BAD)), width=12),
    ]


def dashboard():
    return Dashboard(
        "slo", "Magpie: objectives and error budgets",
        "The objectives of each journey, what is left of their budgets of 30 days, and how fast they are used.",
        [Row("Budgets", [
            table("What is promised?", "The share of requests that shall not fail, or not be slow, in 30 days.",
                  Query(f"slo:objective:ratio{{{CHOSEN}}}"),
                  unit="percentunit", columns={"journey": "Journey", "slo": "Kind", "Value": "Objective"}, width=8,
                  height=9,
                  decimals=2),
            bars("How much of the budget is left?", "Of 30 days. Below 0 the objective is missed.",
                 Query(f"slo:error_budget_remaining:ratio30d{{{CHOSEN}}}", LEGEND), unit="percentunit", minimum=-0.5,
                 maximum=1, thresholds=BUDGET, width=8, height=9),
            bars("Which share failed?", "Failed or slow requests of the last 30 days.",
                 Query(f"slo:failures:ratio_rate30d{{{CHOSEN}}}", LEGEND), unit="percentunit",
                 thresholds=steps(NEUTRAL), width=8, height=9),
            graph("How did the budgets go?", "What was left of 30 days, over time.",
                  Query(f"slo:error_budget_remaining:ratio30d{{{CHOSEN}}}", LEGEND), unit="percentunit", minimum=None,
                  maximum=1, thresholds=BUDGET, width=24),
        ]),
         Row("How fast are budgets used?", [
            graph(f"Burn rates of {long} and {short}: {factor:g} {'pages' if severity == 'page' else 'opens a ticket'}",
                  "The alert needs both windows above the line: the long one shows that it matters, the short one that "
                  "it is not over.",
                  Query(burn(long, CHOSEN), f"{LEGEND} {long}"), Query(burn(short, CHOSEN), f"{LEGEND} {short}"),
                  unit="none", thresholds=steps(GOOD, (factor, BAD if severity == "page" else WARNING)), width=12)
            for short, long, factor, severity in BURNS
        ]),
         Row("Requests", [
            graph("How many requests count?", "Requests each second of the last 5 minutes.",
                  Query(f"slo:requests:rate5m{{{CHOSEN}}}", LEGEND), unit="reqps", width=12),
            graph("How many of them fail or are slow?", "Each second of the last 5 minutes.",
                  Query(f"slo:failures:rate5m{{{CHOSEN}}}", LEGEND), unit="reqps", width=12),
        ]),
         Row("Correctness: the objective is 0", [
            bars("How many violations are there?", "By check of the reconciler.",
                 Query("max by (check) (magpie_correctness_violations)", "{{check}}"), unit="short",
                 thresholds=steps(GOOD, (1, BAD)), width=12),
            number("Oldest run of a check", "Without a run nothing is known.",
                   "time() - min(magpie_correctness_last_run_timestamp_seconds)", unit="s",
                   thresholds=steps(GOOD, (900, WARNING), (3600, BAD)), width=6, height=8),
            number("Last backup", "The age of the newest backup that was checked.",
                   "time() - max(magpie_backup_last_success_timestamp_seconds)", unit="s",
                   thresholds=steps(GOOD, (93600, WARNING), (180000, BAD)), width=6, height=8),
        ])],
        variables=(variable("journey", "Journey", "label_values(slo:objective:ratio, journey)"),
                   variable("slo", "Kind", "label_values(slo:objective:ratio, slo)")),
        tags=("slo",), window="now-7d", refresh="1m")
