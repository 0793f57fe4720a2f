import Foundation
import ServiceKit
import Testing

@testable import Web
@testable import magpie

/// Rules, objectives and runbooks are held against each other, the list of services and the declared metrics. That the
/// alerts fire and end is tested with promtool (`scripts/soundness`).
@Suite struct AlertTests {
    private static let runbooks = "docs/sre/runbooks"
    private static let address = "https://github.com/magpie-shop/magpie/blob/main/\(runbooks)/"
    private static let sections = ["Meaning", "Impact", "Diagnosis", "Mitigation", "Verification", "Escalation"]

    private let rules: [Rule]
    private var alerts: [Rule] { rules.filter(\.isAlert) }

    init() throws { rules = try Rule.all() }

    @Test func thereAreRulesInEachFile() throws {
        #expect(try Rule.files().count == 3)
        #expect(alerts.count > 50 && rules.count > alerts.count)
    }

    @Test func everyAlertSaysHowUrgentItIsWhoseItIsAndWhatToDo() {
        for alert in alerts {
            let severity = alert.labels["severity"]
            #expect(["page", "ticket"].contains(severity), "\(alert.name)")
            #expect(["shop", "platform"].contains(alert.labels["owner"]), "\(alert.name)")
            #expect(alert.annotations["summary"]?.isEmpty == false, "\(alert.name)")
            #expect(alert.annotations["description"]?.contains("$value") == true, "\(alert.name)")
            #expect(alert.annotations["runbook_url"] == Self.address + alert.name + ".md")
            let promise = alert.annotations["page_within"]
            #expect((promise != nil) == (severity == "page"), "\(alert.name)")
            if let promise { #expect(promise.wholeMatch(of: /(\d+h)?(\d+m)?/) != nil, "\(alert.name): \(promise)") }
        }
    }

    @Test func everyAlertHasARunbookAndEveryRunbookAnAlert() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: ComposeFile.root.appending(path: Self.runbooks).path)
        let names = files.filter { $0.hasSuffix(".md") && $0 != "README.md" }.map { String($0.dropLast(3)) }
        #expect(Set(names) == Set(alerts.map(\.name)))
    }

    @Test func everyRunbookHasTheSameSectionsAndCommandsToFindTheCause() throws {
        for name in Set(alerts.map(\.name)) {
            let text = try ComposeFile.contents("\(Self.runbooks)/\(name).md")
            #expect(text.hasPrefix("# \(name)\n"))
            let parts = text.components(separatedBy: "\n## ").dropFirst()
            let titles = parts.map { String($0.prefix { $0 != "\n" }) }
            #expect(titles == Self.sections, "\(name)")
            let diagnosis = parts.first { $0.hasPrefix("Diagnosis\n") }
            #expect(diagnosis?.contains("\n```sh\n") == true, "\(name)")
            #expect(text.components(separatedBy: "```").count % 2 == 1, "\(name) has a block without an end")
            // A page says when it arrives, a ticket does not.
            let promises = alerts.filter { $0.name == name }.compactMap { $0.annotations["page_within"] }
            if let first = promises.first {
                #expect(text.contains("arrives within \(first)."), "\(name)")
            } else {
                #expect(!text.contains("arrives within"), "\(name)")
            }
        }
    }

    @Test func everyAlertIsNamedInATestOfTheRules() throws {
        let texts = try Rule.files().map { file in
            try ComposeFile.contents("infra/observability/tests/\(file.replacing(".yml", with: ".test.yml"))")
        }
        for name in Set(alerts.map(\.name)) {
            #expect(texts.contains { $0.contains("alertname: \(name)\n") || $0.contains("\"\(name)\"") }, "\(name)")
        }
    }

    @Test func rulesUseDeclaredMetricsOnly() {
        let recorded = Set(rules.filter { !$0.isAlert }.map(\.name))
        let declared = Set(MetricDescription.all.map(\.name))
        for rule in rules {
            for name in rule.metrics where !recorded.contains(name) && !Self.ofOthers.contains(name) {
                let ending = ["_bucket", "_count", "_sum"].first(where: name.hasSuffix) ?? ""
                let family = String(name.dropLast(ending.count))
                #expect(declared.contains(name) || declared.contains(family), "\(rule.name): \(name)")
            }
        }
    }

    @Test func metricsAreFoundInExpressions() {
        let rule = Rule(
            name: "a",
            expression: #"sum by (le) (rate(m_bucket{a="x_y",b=~"c|d"}[5m] offset 1h30m)) / (up > 0) and on (z) n"#)
        #expect(rule.metrics == ["m_bucket", "up", "n"])
    }

    @Test func objectivesNameEveryService() throws {
        let objectives = try ComposeFile.mapping(ComposeFile.contents("infra/observability/slos.yaml"))
        #expect(objectives["services"] as? [String] == ServiceList.names)
        #expect(objectives["runbooks"] as? String == Self.address)
    }

    // MARK: The operations page

    @Test func theOperationsPageMarksFromTheLimitsOfAlerts() throws {
        for limit in AlertLimit.all {
            let alert = try #require(alerts.first { $0.name == limit.alert }, "\(limit.alert)")
            #expect(alert.labels["severity"] == limit.severity.rawValue, "\(limit.alert)")
            let number = Int(exactly: limit.value).map(String.init) ?? "\(limit.value)"
            let words = alert.expression.split(whereSeparator: \.isWhitespace).map(String.init)
            #expect(
                zip(words, words.dropFirst()).contains { $0 == limit.comparison.rawValue && $1 == number },
                "\(limit.alert): \(alert.expression)")
        }
        let objectives = try ComposeFile.mapping(ComposeFile.contents("infra/observability/slos.yaml"))
        let journeys = try #require(objectives["journeys"] as? [[String: Any]])
        #expect(journeys.count == 5 && journeys.allSatisfy { $0["availability"] as? Double == 0.999 })
        let burn = try #require((objectives["burn"] as? [[String: Any]])?.first)
        let factor = try #require(burn["factor"] as? Double)
        #expect(abs(AlertLimit.burn.value - factor * 0.001) < 1e-9)
        #expect(burn["requests"] as? Int == Int(AlertLimit.burnMinimum.requests))
        #expect(objectives["failures"] as? Int == Int(AlertLimit.burnMinimum.failures))
    }

    @Test func theOperationsPageShowsDeclaredMetricsAndNamesExistingRunbooks() throws {
        let folder = "Sources/Platform/Web/Operations"
        let files = try FileManager.default.contentsOfDirectory(atPath: ComposeFile.root.appending(path: folder).path)
            .filter { $0.hasPrefix("OperationsSection") }
        #expect(files.count > 5)
        let known = Set(MetricList.all.map(\.name)).union(MetricList.all.flatMap(\.labels))
        let names = Set(alerts.map(\.name))
        for file in files {
            let text = try ComposeFile.contents("\(folder)/\(file)")
            for match in text.matches(of: /"((?:db|error|http|magpie|process|rpc|server)\.[a-z_.]+)"/) {
                #expect(known.contains(String(match.1)), "\(file): \(match.1)")
            }
            for list in text.matches(of: /runbooks: \[([^\]]*)\]/) where file != "OperationsSection.swift" {
                for name in list.1.matches(of: /"(\w+)"/) {
                    #expect(names.contains(String(name.1)), "\(file): \(name.1)")
                }
            }
        }
    }

    // MARK: Metrics

    /// Metrics of Prometheus itself, of blackbox-exporter and of node-exporter.
    private static let ofOthers: Set = [
        "up", "probe_success", "probe_ssl_earliest_cert_expiry", "node_filesystem_avail_bytes",
        "node_filesystem_size_bytes",
    ]
}

/// A recording rule or an alert of `infra/observability/rules`.
private struct Rule {
    let name: String
    let isAlert: Bool
    let expression: String
    let labels: [String: String]
    let annotations: [String: String]

    init(name: String, expression: String) {
        self.init(["record": name, "expr": expression])
    }

    private init(_ raw: [String: Any]) {
        isAlert = raw["alert"] != nil
        name = (raw["alert"] ?? raw["record"]).map { "\($0)" } ?? ""
        expression = raw["expr"].map { "\($0)" } ?? ""
        labels = (raw["labels"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
        annotations = (raw["annotations"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
    }

    static func files() throws -> [String] {
        let folder = ComposeFile.root.appending(path: "infra/observability/rules").path
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yml") }.sorted()
    }

    static func all() throws -> [Rule] {
        try files().flatMap { file -> [Rule] in
            let content = try ComposeFile.mapping(ComposeFile.contents("infra/observability/rules/\(file)"))
            let groups = try #require(content["groups"] as? [[String: Any]], "\(file)")
            return groups.flatMap { $0["rules"] as? [[String: Any]] ?? [] }.map(Rule.init)
        }
    }

    private static let words: Set = ["and", "or", "unless", "offset", "bool"]

    /// The metrics that the expression reads: its words outside texts, selectors, ranges and lists of labels that are no
    /// functions.
    var metrics: [String] {
        let bare = expression.replacing(/"[^"]*"/, with: "").replacing(/\{[^}]*\}/, with: "")
            .replacing(/\[[^\]]*\]/, with: "").replacing(/\b(by|on|ignoring|without)\s*\([^)]*\)/, with: "")
        return bare.matches(of: /([A-Za-z0-9_:.]+)(\s*\()?/).compactMap { match in
            let word = String(match.1)
            guard match.2 == nil, word.first?.isLetter == true, !Self.words.contains(word) else { return nil }
            return word
        }
    }
}
