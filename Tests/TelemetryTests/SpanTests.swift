import Commerce
import EventContract
import EventLog
import SQL
import ServiceKit
import Telemetry
import TestSupport
import Testing
import Tracing

/// What `CallContext` makes of a tracer.
@Suite struct SpanTests {
    private let recorder = SpanRecorder()

    /// Runs `body` as a request to a service.
    private func request(_ body: () async throws -> Void) async throws {
        try await recorder.record {
            try await CallContext().run(as: .server, "GET /", of: "api-gateway", after: nil) { _ in try await body() }
        }
    }

    @Test func aSpanIsAChildOfTheOneAroundIt() async throws {
        try await request {
            try await CallContext.span(.client, "read product", ["db.system.name": "sqlite", "rows": 3]) { _ in }
        }
        let (child, root) = (try #require(recorder["read product"]), try #require(recorder["GET /"]))
        #expect(recorder.names == ["read product", "GET /"])
        #expect(child.isChild(of: root) && root.parentSpanID == nil)
        #expect(child.kind == .client && root.kind == .server)
        #expect(child.service == "api-gateway", "of the service that the request is for")
        #expect(child.attribute("db.system.name") == "sqlite" && child.attribute("rows") == "3")
        #expect(child.start >= root.start && child.end <= root.end && child.start <= child.end)
        #expect(root.trace.sampled && child.status == nil)
    }

    @Test func logsAndLibrariesSeeTheSameSpan() async throws {
        try await request {
            try await CallContext.span(.client, "inner") { _ in
                #expect(CallContext.current.trace == ServiceContext.current?.trace)
                #expect(ServiceContext.current?.service == "api-gateway")
            }
        }
        #expect(recorder["inner"] != nil)
    }

    @Test func theSpansOfLibrariesJoinTheTrace() async throws {
        try await request {
            try await withSpan("library") { _ in try await CallContext.span(.client, "inner") { _ in } }
        }
        let library = try #require(recorder["library"])
        #expect(library.isChild(of: recorder["GET /"]) && library.service == "api-gateway")
        #expect(recorder["inner"]?.isChild(of: library) == true)
    }

    @Test func outsideATraceThereAreNoSpans() async throws {
        try await recorder.record { try await CallContext.span(.client, "read outbox") { _ in } }
        #expect(recorder.names == [])
    }

    @Test func withoutATracerIdsAreStillPassedOn() async throws {
        ActiveSpan.turnOn()
        let parent = TraceContext.new()
        try await CallContext().run(as: .server, "GET /", of: "api-gateway", after: parent) { span in
            let trace = CallContext.current.trace
            #expect(trace.traceID == parent.traceID && trace.spanID != parent.spanID)
            #expect(CallContext.current.span == nil && !span.isRecording)
        }
    }

    @Test func aRemoteParentDecidesAboutRecording() async throws {
        for sampled in [true, false] {
            let parent = TraceContext(
                traceID: "0af7651916cd43dd8448eb211c80319c", spanID: "b7ad6b7169203331", sampled: sampled,
                state: "vendor=1,other=2")
            try await recorder.record {
                try await CallContext().run(as: .server, "sampled \(sampled)", of: "order-service", after: parent) {
                    _ in
                    let trace = CallContext.current.trace
                    #expect(trace.traceID == parent.traceID && trace.sampled == sampled)
                    #expect(trace.state == "vendor=1,other=2")
                    try await CallContext.span(.client, "inner \(sampled)") { _ in }
                }
            }
        }
        #expect(recorder.names == ["inner true", "sampled true"])
        #expect(recorder["sampled true"]?.parentSpanID == "b7ad6b7169203331")
    }

    @Test func onlyTheFaultsOfTheServiceMakeItsSpanFail() async throws {
        struct Broken: Error { let email = "ada@example.com" }
        let errors: [(any Error, String?)] = [
            (ServiceError.unauthenticated, nil), (CancellationError(), nil),
            (ServiceError.unavailable("Redis"), ServiceError.unavailable("Redis").code), (Broken(), "Broken"),
        ]
        for (error, type) in errors {
            let recorder = SpanRecorder()
            try await recorder.record {
                try? await CallContext().run(as: .server, "call", of: "test", after: nil) { _ in throw error }
            }
            let span = try #require(recorder["call"])
            #expect(span.attribute("error.type") == type)
            #expect(span.status?.code == (type == nil ? nil : .error))
            #expect(!"\(span)".contains("ada@example.com"), "What an error says is not exported.")
        }
    }

    @Test func whatALibrarySaysOfAnErrorIsNotKept() async throws {
        struct Broken: Error { let email = "ada@example.com" }
        try await request { try? withSpan("library") { _ in throw Broken() } }
        let span = try #require(recorder["library"])
        #expect(span.events.map(\.name) == ["exception"])
        #expect(span.events.first?.attributes.get("exception.type") == .string("Broken"))
        #expect(span.status == SpanStatus(code: .error) && !"\(span)".contains("ada@example.com"))
    }

    @Test func linksNameOtherSpans() async throws {
        let other = TraceContext.new()
        try await request { try await CallContext.span(.client, "send") { span in span.link(other) } }
        #expect(recorder["send"]?.links == [other])
    }

    @Test func attributesAreBoundedInNumber() async throws {
        try await request {
            try await CallContext.span(.client, "wide") { span in
                for number in 0..<200 { span.set("key.\(number)", .number(number)) }
            }
        }
        let span = try #require(recorder["wide"])
        #expect(span.attributes.count == RecordedSpan.most && span.dropped.attributes == 200 - RecordedSpan.most)
    }

    @Test func anEventContinuesTheTransactionThatMadeIt() async throws {
        try await withSQLiteDatabase([]) { file in
            let database = MeasuredDatabase(file, name: "test", service: "test")
            try await request {
                let event = try await database.write { _ in try SampleEvents.placed("ord_1") }
                let created = try #require(recorder["create \(event.topic.rawValue)"])
                #expect(event.traceparent == created.trace.traceparent)
            }
        }
        let created = try #require(recorder.spans.first { $0.kind == .producer })
        #expect(created.service == "order-service" && created.isChild(of: recorder["write test"]))
        #expect(recorder["write test"]?.isChild(of: recorder["GET /"]) == true)
        #expect(recorder["write test"]?.attribute("db.operation.name") == "write")
    }

    @Test func aFailureOfTheDatabaseIsOneOfItsSpan() async throws {
        try await withSQLiteDatabase([]) { file in
            let database = MeasuredDatabase(file, name: "test", service: "test")
            try await request {
                try? await database.write { tx in try tx.run(unsafeScript: "SELECT nothing FROM nowhere") }
                try? await database.read { _ in throw ServiceError.unauthenticated }
            }
        }
        #expect(recorder["write test"]?.attribute("error.type") == "other")
        #expect(recorder["read test"]?.status == nil, "The body's own error rolls back; the database works.")
    }
}
