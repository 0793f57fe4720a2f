"""What the dashboards know of the shop, read from documents that tests hold against the code."""
import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[4]


@dataclasses.dataclass(frozen=True)
class Service:
    name: str
    owns: str
    protocols: frozenset  # HTTP, gRPC, consumer group
    backends: frozenset  # PostgreSQL, Redis, Kafka
    produces: tuple
    consumes: tuple
    calls: tuple

    @property
    def is_public(self):
        return self.name in PUBLIC

    @property
    def has_outbox(self):
        """Without a database an event is published before the response; dead letters leave without an outbox too."""
        return "PostgreSQL" in self.backends and set(self.produces) - {"magpie.dead-letters"} != set()

    @property
    def calls_rpc(self):
        return "gRPC" in self.protocols or ("HTTP" in self.protocols and not self.is_public)


# What customers reach through the reverse proxy.
PUBLIC = ("api-gateway", "storefront")


def table(document, heading):
    """The cells of a Markdown table's rows."""
    lines = (ROOT / document).read_text().splitlines()
    rows = lines[lines.index(heading) + 2:]
    end = next((place for place, line in enumerate(rows) if not line.startswith("|")), len(rows))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[:end]]


def words(cell):
    return tuple(word.strip(" `") for word in cell.split(",") if word.strip())


def calls(names):
    """Service → those that it calls: of the services, docker-compose.yml lets it wait for exactly these."""
    found, current = {}, None
    for line in (ROOT / "docker-compose.yml").read_text().splitlines():
        if heading := re.match(r"  ([a-z-]+):$", line):
            current = heading[1]
        elif current in names:
            found.setdefault(current, []).extend(re.findall(rf"\b({'|'.join(names)}): ", line))
    return found


def services():
    """Every service in the order of `magpie services`."""
    backends = {name: frozenset(words(needs) + words(uses)) for name, needs, uses, _ in table(
        "docs/running.md", "| service | needs | better with | data folder |")}
    produces, consumes = {}, {}
    for topic, _, _, _, producers, consumers in table(
            "docs/events.md", "| topic | partitions | kept | key | producers | consumers |"):
        for name in words(producers):
            produces.setdefault(name, []).append(topic.strip("`"))
        for name in words(consumers):
            consumes.setdefault(name, []).append(topic.strip("`"))
    rows = table("README.md", "| service | port | protocol | owns |")
    called = calls([name for name, *_ in rows])
    return [
        Service(name, owns, frozenset(words(protocols)), backends[name], tuple(produces.get(name, ())),
                tuple(consumes.get(name, ())), tuple(called.get(name, ())))
        for name, _, protocols, owns in rows]


def currencies():
    """Digits of the minor unit → currency codes, of ISO 4217 as the shop has it."""
    text = (ROOT / "Sources/Commerce/Currency.swift").read_text()
    lists = re.findall(r'for code in "([A-Z ]+)"[^{]*\{\s*table\[String\(code\)\] = (\d)', text)
    found = {int(digits): codes.split() for codes, digits in lists}
    assert set(found) == {0, 3}, f"Sources/Commerce/Currency.swift is not as expected: {sorted(found)}"
    return found
