import FoundationEssentials

/// The page of a process for whoever operates it: `/ops` on the operations port. It needs no other tool, no script and
/// nothing from elsewhere.
struct OperationsPage: Sendable {
    /// The name of the process.
    let service: String
    let now: Date
    /// `ok` or the reason of the failure, by the check's name.
    let readiness: [String: String]
    let period: MeasuredPeriod
    /// Whether the reader asked for the period since the start of the process.
    let isSinceStart: Bool
    /// Whether the browser asks for the page again by itself.
    let isRefreshing: Bool

    /// Seconds after which it does.
    static let refreshInterval = 10

    /// Only the stylesheet of the page itself.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The whole document.
    var html: String {
        let sections = sections
        let page: Markup = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>\(title(sections)) · Magpie operations</title>
            <link rel="stylesheet" href="/ops/style.css">
            </head>
            <body>
            \(header)
            \(navigation(sections))
            <main>
            \(attention(sections))
            \(sections.map(\.markup))
            </main>
            </body>
            </html>
            """
        return page.text + "\n"
    }

    private var isReady: Bool { readiness.values.allSatisfy { $0 == "ok" } }

    private var sections: [OperationsSection] {
        [
            .readiness(readiness, of: service), .correctness(period, now: now.timeIntervalSince1970), .traffic(period),
            .sagas(period), .payments(period), .outbox(period), .mails(period), .consumers(period), .saturation(period),
            .calls(period), .stores(period), .telemetry(period),
        ]
    }

    private func title(_ sections: [OperationsSection]) -> String {
        let count = sections.reduce(0) { $0 + $1.findings.count }
        return (count > 0 ? "(\(count)) " : "") + service
    }

    private var header: Markup {
        let start = period.value(of: "process.start_time", service: service)
        let uptime = start.map { "up for \(Figure.time(now.timeIntervalSince1970 - $0))" } ?? "start time not known"
        let state: Markup =
            isReady ? "<strong class=\"ok\">ready</strong>" : "<strong class=\"critical\">not ready</strong>"
        return """
            <header>
            <h1>\(service)</h1>
            <p>\(state), \(uptime), at \(now.ISO8601Format())</p>
            <p>\(periodText)</p>
            <p class="choices">\(periodChoice) \(refreshChoice) <a href="/metrics">All metrics as text</a></p>
            </header>
            """
    }

    private var periodText: String {
        guard let seconds = period.seconds else { return "Numbers of a period are those since the start." }
        if period.before != nil { return "Rates, shares and times are those of the last \(Figure.time(seconds))." }
        let reason = isSinceStart ? "" : " Nobody asked for metrics in the minutes before, so there is nothing later."
        return "Rates, shares and times are those since the start, \(Figure.time(seconds)) ago.\(reason)"
    }

    private var periodChoice: Markup {
        isSinceStart
            ? link("The last minute", isSinceStart: false, isRefreshing: isRefreshing)
            : link("Since the start", isSinceStart: true, isRefreshing: isRefreshing)
    }

    private var refreshChoice: Markup {
        isRefreshing
            ? link("Stop refreshing", isSinceStart: isSinceStart, isRefreshing: false)
            : link(
                "Refresh every \(Self.refreshInterval) seconds", isSinceStart: isSinceStart, isRefreshing: true)
    }

    private func link(_ text: String, isSinceStart: Bool, isRefreshing: Bool) -> Markup {
        let query = [isSinceStart ? "period=start" : "period=minute", isRefreshing ? "refresh=on" : "refresh=off"]
        return "<a href=\"?\(query.joined(separator: "&"))\">\(text)</a>"
    }

    private func navigation(_ sections: [OperationsSection]) -> Markup {
        let links = sections.map { section -> Markup in "<li><a href=\"#\(section.id)\">\(section.title)</a></li>" }
        return "<nav aria-label=\"Sections\"><ul>\(links)</ul></nav>"
    }

    /// Everything that is marked, pages first.
    private func attention(_ sections: [OperationsSection]) -> Markup {
        let all = sections.flatMap { section in section.findings.map { (section.id, $0) } }
        let sorted = all.filter { $0.1.severity == .page } + all.filter { $0.1.severity == .ticket }
        let items = sorted.map { id, finding -> Markup in
            """
            <li><strong class="\(finding.word)">\(finding.word)</strong> \(finding.text)
            <a href="#\(id)">\(finding.alert)</a></li>
            """
        }
        let list: Markup =
            items.isEmpty
            ? "<p><strong class=\"ok\">ok</strong> No value here is past the limit of an alert.</p>"
            : "<ul>\(items)</ul>"
        return """
            <section id="attention" aria-labelledby="attention-title">
            <h2 id="attention-title">Needs attention</h2>
            \(list)
            <p class="note">Limits are those of the alerts: critical ones page, warnings are tickets. An alert waits \
            before it fires, so a mark here may come earlier.</p>
            </section>
            """
    }
}
