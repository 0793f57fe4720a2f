"""Queries of the golden signals, by service. All metrics carry the label `service`, in both shapes.

What belongs to a whole process carries the service's name where it is a process of its own, and `magpie` where one
process runs all services: `whole()` asks for both.
"""

# Results of a call for which the server is to blame, by the semantic conventions of OpenTelemetry for RPC.
FAULTS = "UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS"
WINDOW = "$__rate_interval"


def whole(service):
    return f'service=~"{service}|magpie"'


def ratio(part, total, by):
    """`part` of `total`, both sums of rates: 0 without a part, no value without a total."""
    return f"({part} or 0 * {total}) / ({total} > 0)"


def http_rate(match, by="service"):
    return f"sum by ({by}) (rate(http_server_request_duration_seconds_count{{{match}}}[{WINDOW}]))"


def http_errors(match, by="service"):
    return ratio(http_rate(f'{match}, http_response_status_code=~"5.."', by), http_rate(match, by), by)


def rpc_rate(match, by="service"):
    return f"sum by ({by}) (rate(rpc_server_call_duration_seconds_count{{{match}}}[{WINDOW}]))"


def rpc_errors(match, by="service"):
    return ratio(rpc_rate(f'{match}, rpc_response_status_code=~"{FAULTS}"', by), rpc_rate(match, by), by)


def quantile(share, metric, match, by="service"):
    labels = f"{by}, le" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({metric}_bucket{{{match}}}[{WINDOW}])))"


def buckets(metric, match):
    return f"sum by (le) (increase({metric}_bucket{{{match}}}[{WINDOW}]))"


def rate(metric, match="", by="service"):
    return f"sum by ({by}) (rate({metric}{{{match}}}[{WINDOW}]))"


def share(used, limit, match, by="service"):
    return f"max by ({by}) ({used}{{{match}}}) / (max by ({by}) ({limit}{{{match}}}) > 0)"
