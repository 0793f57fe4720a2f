"""Grafana's dashboards as Python values: panels, rows, variables, and the JSON that Grafana 12 reads (schema 41).

A panel has a title, a description, a unit and one query or more. Rows place their panels from left to right on
Grafana's 24 columns. Identifiers depend only on the order of the panels: the same definitions give the same JSON.
"""
import dataclasses
import json
import string

SCHEMA = 41
COLUMNS = 24
# Variables that every dashboard has: `scripts/check-dashboards` fills them in.
METRICS = {"type": "prometheus", "uid": "${datasource}"}
LOGS = {"type": "loki", "uid": "${logs}"}

GOOD, WARNING, BAD, NEUTRAL = "green", "orange", "red", "blue"
# The palette that stays readable to colour-blind people and in print.
PALETTE = {"mode": "palette-classic-by-name"}


@dataclasses.dataclass(frozen=True)
class Query:
    """One query and the text of its legend, with labels as `{{label}}`."""

    expression: str
    legend: str = ""
    # Dots of single traces, where the query is made from a histogram with exemplars.
    exemplars: bool = False

    def target(self, number, source, instant, form):
        target = {
            "datasource": source, "expr": " ".join(self.expression.split()), "refId": string.ascii_uppercase[number],
            "legendFormat": self.legend or "__auto",
        }
        if source is METRICS:
            target |= {"editorMode": "code", "range": not instant, "instant": instant, "format": form}
            if self.exemplars:
                target["exemplar"] = True
        else:
            target |= {"editorMode": "code", "queryType": "instant" if instant else "range"}
        return target


def steps(*bounds):
    """Colours from a value on: `steps(GOOD, (1, BAD))` is green below 1."""
    first, *rest = bounds
    return {"mode": "absolute", "steps": [{"color": first, "value": None}] + [
        {"color": colour, "value": value} for value, colour in rest]}


def panel(
    kind,
    title,
    description,
    queries,
    *,
    unit,
    width,
    height,
    source=METRICS,
    instant=False,
    form="time_series",
    thresholds=None,
    minimum=None,
    maximum=None,
    decimals=None,
    mappings=(),
    no_value=None,
    options=None,
    custom=None,
    colour=None,
    overrides=(),
     transformations=()):
    assert title and description and unit and queries, title
    defaults = {"unit": unit, "color": colour or PALETTE, "mappings": list(mappings), "custom": custom or {},
                "thresholds": thresholds or steps(NEUTRAL)}
    for name, value in (("min", minimum), ("max", maximum), ("decimals", decimals), ("noValue", no_value)):
        if value is not None:
            defaults[name] = value
    made = {
        "type": kind, "title": title, "description": " ".join(description.split()), "datasource": source,
        "targets": [query.target(number, source, instant, form) for number, query in enumerate(queries)],
        "fieldConfig": {"defaults": defaults, "overrides": list(overrides)}, "options": options or {},
        "gridPos": {"w": width, "h": height},
    }
    if transformations:
        made["transformations"] = list(transformations)
    return made


def graph(title, description, *queries, unit, width=8, height=8, stacked=False, thresholds=None, logarithmic=False,
          bars=False, **more):
    """Lines over time; the legend is a table with the last and the greatest value."""
    custom = {
        "drawStyle": "bars" if bars else "line", "lineWidth": 1, "fillOpacity": 70 if bars else 25 if stacked else 8,
        "showPoints": "never", "spanNulls": False, "stacking": {"mode": "normal" if stacked else "none", "group": "A"},
        "thresholdsStyle": {"mode": "dashed" if thresholds else "off"},
        "scaleDistribution": {"type": "log", "log": 10} if logarithmic else {"type": "linear"},
    }
    options = {
        "legend": {"displayMode": "table", "placement": "bottom", "showLegend": True, "calcs": ["lastNotNull", "max"]},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    more.setdefault("minimum", 0)
    return panel("timeseries", title, description, queries, unit=unit, width=width, height=height, custom=custom,
                 options=options, thresholds=thresholds, **more)


def number(title, description, expression, *, unit, thresholds, width=4, height=4, mappings=(), legend="", graphed=True,
           **more):
    """One value now, coloured by its thresholds, or one for each series."""
    # A count of the chosen time is one value, not a line.
    instant = "$__range" in expression
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}, "colorMode": "background",
        "graphMode": "area" if graphed and not instant else "none", "textMode": "auto", "justifyMode": "auto",
        "wideLayout": True, "orientation": "auto",
    }
    return panel("stat", title, description, [Query(expression, legend)], unit=unit, width=width, height=height,
                 thresholds=thresholds, colour={"mode": "thresholds"}, mappings=mappings, options=options,
                 instant=instant, **more)


def bars(title, description, *queries, unit, thresholds=None, width=8, height=8, **more):
    """Values now, one horizontal bar for each series."""
    options = {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
               "displayMode": "gradient", "orientation": "horizontal", "showUnfilled": True, "valueMode": "color",
               "namePlacement": "left", "sizing": "auto", "legend": {"showLegend": False}}
    more.setdefault("minimum", 0)
    return panel("bargauge", title, description, queries, unit=unit, width=width, height=height, instant=True,
                 thresholds=thresholds, colour={"mode": "thresholds"} if thresholds else None, options=options, **more)


def states(title, description, *queries, mappings, width=12, height=8, unit="none", **more):
    """Bands over time, one for each series, coloured by state."""
    options = {"showValue": "never", "rowHeight": 0.8, "mergeValues": True, "alignValue": "left",
               "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
               "tooltip": {"mode": "single", "sort": "none"}}
    return panel("state-timeline", title, description, queries, unit=unit, width=width, height=height,
                 mappings=mappings, options=options, custom={"lineWidth": 0, "fillOpacity": 80},
                 colour={"mode": "thresholds"}, **more)


def heatmap(title, description, expression, *, unit, width=12, height=8):
    """How many of a classic histogram's observations fell into which bucket, over time."""
    options = {
        "calculate": False, "yAxis": {"unit": unit, "axisPlacement": "left"}, "cellGap": 1,
        "rowsFrame": {"layout": "auto"}, "color": {"mode": "scheme", "scheme": "Blues", "steps": 64, "exponent": 0.5},
        "exemplars": {"color": "rgba(255,0,255,0.7)"}, "filterValues": {"le": 1e-9}, "legend": {"show": True},
        "tooltip": {"mode": "single", "yHistogram": True, "showColorScale": True},
    }
    return panel("heatmap", title, description, [Query(expression, "{{le}}", exemplars=True)], unit=unit, width=width,
                 height=height, form="heatmap", options=options)


def table(title, description, *queries, unit, columns, width=24, height=8, thresholds=None, sort=None, **more):
    """The labels and values of series now. `columns` names what is shown: label or `Value` → heading."""
    options = {"showHeader": True, "cellHeight": "sm",
               "footer": {"show": False, "reducer": ["sum"], "countRows": False}}
    if sort:
        options["sortBy"] = [{"displayName": sort, "desc": True}]
    organise = {"id": "organize", "options": {
        "excludeByName": {}, "includeByName": {name: True for name in columns}, "renameByName": dict(columns),
        "indexByName": {name: place for place, name in enumerate(columns)}}}
    return panel("table", title, description, queries, unit=unit, width=width, height=height, instant=True,
                 form="table", thresholds=thresholds, options=options,
                 custom={"align": "auto", "cellOptions": {"type": "auto"}}, transformations=[organise], **more)


def log_lines(title, description, expression, width=24, height=10):
    """Lines of log, the newest first; a line's details have the link to its trace."""
    options = {"showTime": True, "wrapLogMessage": True, "prettifyLogMessage": False, "enableLogDetails": True,
               "sortOrder": "Descending", "dedupStrategy": "none", "showLabels": False, "showCommonLabels": False}
    return panel("logs", title, description, [Query(expression)], unit="none", width=width, height=height, source=LOGS,
                 options=options)


@dataclasses.dataclass(frozen=True)
class Row:
    title: str
    panels: list
    collapsed: bool = False


@dataclasses.dataclass(frozen=True)
class Dashboard:
    """One file of dashboards/. `name` is the file's and, after `magpie-`, the stable identifier in addresses."""

    name: str
    title: str
    description: str
    rows: list
    variables: tuple = ()
    tags: tuple = ()
    window: str = "now-1h"
    refresh: str = "30s"

    def json(self):
        panels, top, identifier = [], 0, 0
        for row in self.rows:
            identifier += 1
            heading = {"type": "row", "id": identifier, "title": row.title, "collapsed": row.collapsed, "panels": [],
                       "gridPos": {"x": 0, "y": top, "w": COLUMNS, "h": 1}}
            panels.append(heading)
            top += 1
            left, height = 0, 0
            for content in row.panels:
                identifier += 1
                width = content["gridPos"]["w"]
                if left + width > COLUMNS:
                    left, top, height = 0, top + height, 0
                placed = {**content, "id": identifier, "gridPos": {**content["gridPos"], "x": left, "y": top}}
                (heading["panels"] if row.collapsed else panels).append(placed)
                left, height = left + width, max(height, content["gridPos"]["h"])
            top += height
        used = "".join(str(made) for made in panels)
        variables = [data_source("datasource", "Metrics", "prometheus", "magpie-prometheus")]
        if LOGS["uid"] in used:
            variables.append(data_source("logs", "Logs", "loki", "magpie-loki"))
        return {
            "uid": f"magpie-{self.name}", "title": self.title, "description": " ".join(self.description.split()),
            "tags": ["magpie", *self.tags], "schemaVersion": SCHEMA, "version": 1, "editable": False, "graphTooltip": 1,
            "timezone": "browser", "refresh": self.refresh, "time": {"from": self.window, "to": "now"},
            "templating": {"list": [*variables, *self.variables]},
            "annotations": {"list": [ALERTS, VERSIONS]},
            "links": [{"type": "dashboards", "title": "Dashboards", "tags": ["magpie"], "asDropdown": True,
                       "includeVars": False, "keepTime": True, "icon": "external link", "targetBlank": False, "url": "",
                       "tooltip": ""}],
            "panels": panels,
        }


def written(dashboard):
    """JSON with one line for each part and each panel, so that a difference shows the panels that changed."""
    def line(value):
        return json.dumps(value, ensure_ascii=False)

    parts = []
    for key, value in dashboard.items():
        if key == "panels":
            value = "[\n  " + ",\n  ".join(line(each) for each in value) + "\n ]"
        else:
            value = line(value)
        parts.append(f" {line(key)}: {value}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def data_source(name, label, kind, identifier):
    return {"name": name, "label": label, "type": "datasource", "query": kind, "refresh": 1, "hide": 0, "multi": False,
            "includeAll": False, "regex": "", "current": {"selected": True, "text": identifier, "value": identifier}}


def variable(name, label, query, *, multi=True):
    """The values of a label, to choose from: all of them until somebody chooses.

    All is `.+`, because Loki refuses a selector that fits lines without the label.
    """
    return {
        "name": name, "label": label, "type": "query", "datasource": METRICS, "definition": query,
        "query": {"query": query, "refId": name}, "refresh": 2, "sort": 1, "multi": multi, "includeAll": True,
        "allValue": ".+", "regex": "", "hide": 0, "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }


def annotation(name, expression, colour, title, text):
    return {"name": name, "enable": True, "hide": False, "iconColor": colour, "datasource": METRICS,
            "expr": expression, "titleFormat": title, "textFormat": text, "step": "60s", "useValueForTime": False}


ALERTS = annotation("Pages", 'ALERTS{alertstate="firing", severity="page"}', "red", "{{alertname}}", "{{service}}")
VERSIONS = annotation(
    "Starts", 'process_start_time_seconds{job="magpie"} > time() - 60', "purple", "Started", "{{service}}")
