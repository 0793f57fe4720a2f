package import AnalyticsContract
package import RPC

/// `BehaviourIngest` of another process.
package struct HTTPBehaviourIngest: BehaviourIngest {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func record(_ events: [BehaviourEvent]) async throws {
        _ = try await connection.call(BehaviourMethods.record, .init(events: events))
    }
}

extension WireRoutes {
    /// Offers this ingest to other processes.
    package mutating func add(_ ingest: any BehaviourIngest) {
        on(BehaviourMethods.record) { input in
            try await ingest.record(input.events)
            return Nothing()
        }
    }
}
