import Commerce
import SQL

extension Event {
    /// From a row with the columns of the outbox.
    init(row: SQLRow) throws {
        self.init(
            id: try row.id("id"), type: try row.string("type"), source: try row.string("source"),
            topic: Topic(try row.string("topic")), key: try row.string("key"), time: try row.instant("time"),
            traceparent: try row.string("traceparent"),
            data: try row.string("data"))
    }
}
