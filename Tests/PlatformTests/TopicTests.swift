import EventLog
import Foundation
import Testing

@Suite struct TopicTests {
    /// What operators read about topics is what the code declares.
    @Test func theDocsTellWhatIsDeclared() throws {
        let docs = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../docs/events.md")
        let lines = try String(contentsOf: docs.standardized, encoding: .utf8).split(separator: "\n").map(String.init)
        let rows = lines.filter { $0.hasPrefix("| `magpie.") }
        #expect(rows == TopicDeclaration.all.map(\.row))
    }

    @Test func everyTopicIsWrittenAndRead() {
        for topic in TopicDeclaration.all {
            #expect(!topic.producers.isEmpty && !topic.consumers.isEmpty)
            #expect(topic.producers == topic.producers.sorted() && topic.consumers == topic.consumers.sorted())
            #expect(topic.partitions > 0)
        }
        #expect(Set(TopicDeclaration.all.map(\.name)).count == TopicDeclaration.all.count)
    }
}

extension TopicDeclaration {
    fileprivate var row: String {
        let days = retention.map { $0.components.seconds / 86_400 }
        let kept = isCompacted ? "the last of each key" : days.map { $0 == 1 ? "1 day" : "\($0) days" } ?? "for ever"
        let (producers, consumers) = (producers.joined(separator: ", "), consumers.joined(separator: ", "))
        return "| `\(name)` | \(partitions) | \(kept) | \(key) | \(producers) | \(consumers) |"
    }
}
