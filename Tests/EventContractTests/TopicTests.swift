import AnalyticsService
import AuditService
import EventContract
import EventLog
import Foundation
import NotificationService
import Testing

@Suite struct TopicTests {
    /// Who reads what, by the services' own declarations.
    private static let consumed = [
        AnalyticsService.group: AnalyticsService.topics, AuditService.group: AuditService.topics,
        NotificationService.group: NotificationService.topics,
    ]
    private static let groups = consumed.keys.sorted()

    /// What operators read about topics is what the code declares; `ServiceListTests` compares who
    /// writes to a topic.
    @Test func theDocsSayWhatIsDeclared() throws {
        let docs = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../docs/events.md")
        let lines = try String(contentsOf: docs.standardized, encoding: .utf8).split(separator: "\n").map(String.init)
        let rows = lines.filter { $0.hasPrefix("| `magpie.") }.map { $0.split(separator: "|").map(String.init) }
        #expect(
            rows.map { "|" + ($0[..<4] + $0[5...]).joined(separator: "|") + "|" } == TopicDeclaration.all.map(Self.row))
        #expect(rows.allSatisfy { !$0[4].allSatisfy(\.isWhitespace) })
    }

    @Test func everyTopicIsRead() {
        #expect(TopicDeclaration.all.allSatisfy { !Self.consumers(of: $0).isEmpty && $0.partitions > 0 })
        #expect(Set(TopicDeclaration.all.map(\.name)).count == TopicDeclaration.all.count)
    }

    @Test func aTopicIsFoundByItsName() {
        #expect(Topic(rawValue: "magpie.orders") == .orders && Topic(rawValue: "magpie.control") == nil)
    }

    private static func consumers(of declaration: TopicDeclaration) -> [String] {
        Topic.allCases.contains(declaration.topic)
            ? groups.filter { consumed[$0]?.contains(declaration.topic) ?? false } : groups
    }

    private static func row(_ declaration: TopicDeclaration) -> String {
        let days = declaration.retention.map { $0.components.seconds / 86_400 }
        let kept =
            declaration.isCompacted
            ? "the last of each key" : days.map { $0 == 1 ? "1 day" : "\($0) days" } ?? "for ever"
        let consumers = consumers(of: declaration).joined(separator: ", ")
        return "| `\(declaration.name)` | \(declaration.partitions) | \(kept) | \(declaration.key) | \(consumers) |"
    }
}
