import Commerce
import EventLog
import Logging
import SQL
import ServiceKit
import ServiceLifecycle
import Telemetry
import TestSupport
import Testing
import Tracing

/// Events from the transaction that makes them to their consumers.
@Suite struct EventTraceTests {
    private let recorder = SpanRecorder()

    @Test func aConsumerContinuesTheEvent() async throws {
        try await withSQLiteDatabase(EmbeddedEventLog.migrations) { database in
            let log = EmbeddedEventLog(database: MeasuredDatabase(database, name: "test", service: "test"))
            try await recorder.record {
                let event = try SampleEvents.placed("ord_1")
                try await log.publish([event])
                try await consume(from: log)
            }
            let created = try #require(recorder["create magpie.orders"])
            let sent = try #require(recorder["send magpie.orders"])
            let processed = try #require(recorder["process magpie.orders"])
            #expect(created.parentSpanID == nil && created.kind == .producer && created.service == "order-service")
            #expect(sent.isChild(of: created) && sent.kind == .client && sent.service == "order-service")
            #expect(processed.isChild(of: created) && processed.kind == .consumer && processed.service == "test-group")
            #expect(processed.attribute("messaging.consumer.group.name") == "test-group")
            #expect(recorder["write test"]?.isChild(of: sent) == true)
        }
    }

    @Test func aBatchThatJoinsSeveralTracesLinksThem() async throws {
        try await withEventLog { log in
            try await recorder.record {
                try await log.publish([SampleEvents.placed("ord_1"), SampleEvents.placed("ord_2")])
            }
        }
        let created = recorder.spans.filter { $0.kind == .producer }.map(\.trace)
        let sent = try #require(recorder["send magpie.orders"])
        #expect(created.count == 2 && Set(created.map(\.traceID)).count == 2)
        #expect(sent.parentSpanID == nil && sent.links.map(\.spanID) == created.map(\.spanID))
        #expect(sent.attribute("messaging.batch.message_count") == "2")
    }

    @Test func theEventsOfOneCallAreSentInItsTrace() async throws {
        try await withEventLog { log in
            try await recorder.record {
                let call = CallContext()
                let events = try await call.run(as: .server, "POST /", of: "order-service", after: nil) { _ in
                    [try SampleEvents.placed("ord_1"), try SampleEvents.payment("captured", of: "ord_1", 100)]
                }
                try await log.publish(events)
            }
        }
        let sent = try #require(recorder["send magpie.orders"])
        #expect(sent.trace.traceID == recorder["POST /"]?.trace.traceID && sent.parentSpanID != nil)
        #expect(sent.links.count == 1)
    }

    /// Runs a consumer until it has handled one event.
    private func consume(from log: any EventLog) async throws {
        let (handled, continuation) = AsyncStream.makeStream(of: Void.self)
        let consumer = Consumer(
            group: "test-group", topics: [Topic("magpie.orders")], log: log, logger: LogLines().logger
        ) { _ in continuation.yield() }
        await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await consumer.run() }
            _ = await handled.first { _ in true }
            tasks.cancelAll()
        }
    }
}
