"""The checkout from cart to email, and what the shop earns."""
from .grafana import BAD, GOOD, WARNING, Dashboard, Query, Row, bars, graph, number, steps
from .shop import currencies
from .signals import WINDOW, quantile, rate, ratio

RANGE = "$__range"


def increase(metric, match="", by=""):
    total = f"increase({metric}{{{match}}}[{RANGE}])"
    return f"sum by ({by}) ({total})" if by else f"sum({total})"


def revenue(window):
    """Revenue in whole units of each currency: minor units have 0, 2 or 3 digits."""
    metric, parts, special = "magpie_orders_revenue_minor_units_total", [], []
    for digits, codes in sorted(currencies().items()):
        special += codes
        parts.append((f'currency=~"{"|".join(codes)}"', 10 ** digits))
    parts.insert(0, (f'currency!~"{"|".join(special)}"', 100))
    function = "increase" if window == RANGE else "rate"
    return " or ".join(
        f"sum by (currency) ({function}({metric}{{{match}}}[{window}])) / {divisor}" for match, divisor in parts)


def payments(match):
    return f"sum by (provider) (rate(magpie_payments_total{{{match}}}[{WINDOW}]))"


def dashboard():
    authorised = 'operation="authorise", result="succeeded"'
    return Dashboard(
        "business", "Magpie: checkout and business",
        "The funnel from cart to email, orders, revenue, payments, stock and accounts. Counts are since the processes "
        "started to count; reports of days and months are in the analytics of the shop.",
        [Row("In the chosen time", [
            number("Orders", "Orders placed.", increase("magpie_orders_placed_total"), unit="short",
                   thresholds=steps(GOOD), decimals=0, width=3),
            number("Revenue", "The sum of placed orders, one value for each currency, in whole units of it.",
                   revenue(RANGE), unit="none", thresholds=steps(GOOD), decimals=2, width=6, legend="{{currency}}"),
            number("Payments declined", "Authorisations that the provider declined.",
                   increase("magpie_payments_total", 'operation="authorise", result="declined"') + " or vector(0)",
                   unit="short", thresholds=steps(GOOD), decimals=0, width=3),
            number("Payments failed",
                   "Operations that failed or whose result is unknown: a fault of the provider or ours.",
                   increase("magpie_payments_total", 'result=~"failed|unknown"') + " or vector(0)", unit="short",
                   thresholds=steps(GOOD, (1, BAD)), decimals=0, width=3),
            number("Refused for stock", "Checkouts refused because a product was not available.",
                   f'{increase("magpie_stock_refused_total")} or vector(0)', unit="short", thresholds=steps(GOOD),
                   decimals=0, width=3),
            number("New accounts", "Accounts that customers created.", increase("magpie_accounts_created_total"),
                   unit="short", thresholds=steps(GOOD), decimals=0, width=3),
            number("Unfinished checkouts", "Checkouts that run now or wait for the reconciler.",
                   "sum(magpie_saga_unfinished)", unit="short", thresholds=steps(GOOD), decimals=0, width=3),
        ]),
         Row("Checkout funnel", [
            bars("Where do customers leave?",
                 "Each bar counts in the chosen time. Carts and lines may be of an earlier day.",
                 Query(increase("magpie_carts_changed_total", 'change="created"'), "carts made"),
                 Query(increase("magpie_carts_changed_total", 'change="line_added"'), "lines added"),
                 Query(increase("magpie_payments_total", 'operation="authorise"'), "payments tried"),
                 Query(increase("magpie_payments_total", authorised), "payments authorised"),
                 Query(increase("magpie_orders_placed_total"), "orders placed"),
                 Query(increase("magpie_mails_total", 'outcome="sent"'), "emails sent"),
                 unit="short", width=12, decimals=0),
            graph("How do the steps of checkouts end?", "Steps of the checkout saga each second.",
                  Query(rate("magpie_saga_steps_total", by="step, outcome"), "{{step}} {{outcome}}"), unit="ops",
                  width=12),
            graph("How are carts changed?", "Changes each second, by kind.",
                  Query(rate("magpie_carts_changed_total", by="change"), "{{change}}"), unit="ops", width=12),
            graph("How long does it take to place an order?",
                  "Requests that place an order, on pages and by the API: half of them, and one in a hundred.",
                  *(Query(quantile(level, "http_server_request_duration_seconds",
                                   'http_request_method="POST", '
                                   'http_route=~"/checkout/place|/api/v1/carts/{id}/checkout"',
                                   "service"), f"{{{{service}}}} {level:.0%}", True) for level in (0.5, 0.99)),
                  unit="s", width=12),
        ]),
         Row("Orders and revenue", [
            graph("How many orders are placed?", "Orders each hour, by currency.",
                  Query(f"sum by (currency) (rate(magpie_orders_placed_total[{WINDOW}])) * 3600", "{{currency}}"),
                  unit="none", bars=True, stacked=True, width=12),
            graph("How much revenue do they bring?", "Each hour, in whole units of each currency.",
                  Query(" or ".join(f"{part} * 3600" for part in revenue(WINDOW).split(" or ")), "{{currency}}"),
                  unit="none", bars=True, width=12),
        ]),
         Row("Payments", [
            graph("Which share of payments is authorised?", "Authorisations that succeeded, by provider.",
                  Query(ratio(payments(authorised), payments('operation="authorise"'), "provider"), "{{provider}}"),
                  unit="percentunit", maximum=1, thresholds=steps(BAD, (0.5, WARNING), (0.8, GOOD))),
            graph("How do operations on payments end?", "Authorisations, captures, voids and refunds each second.",
                  Query(rate("magpie_payments_total", by="operation, result"), "{{operation}} {{result}}"), unit="ops"),
            graph("Why are payments refused?", "Refusals each second, by reason.",
                  Query(rate("magpie_payments_refused_total", by="reason"), "{{reason}}"), unit="ops"),
        ]),
         Row("Stock, emails and accounts", [
            graph("How many checkouts are refused for stock?", "Refusals each second.",
                  Query(rate("magpie_stock_refused_total"), "refused"), unit="ops", width=6),
            graph("How much stock is reserved?", "Reservations that are held now.",
                  Query("sum by (service) (magpie_stock_reservations)", "held"), unit="short", width=6),
            graph("How many emails are sent?", "Emails each second, by kind and outcome.",
                  Query(rate("magpie_mails_total", by="kind, outcome"), "{{kind}} {{outcome}}"), unit="ops", width=6),
            graph("How do log-ins end?", "Log-ins each second, by outcome.",
                  Query(rate("magpie_sign_ins_total", by="outcome"), "{{outcome}}"), unit="ops", width=6),
        ])],
        tags=("business",), window="now-24h", refresh="1m")
