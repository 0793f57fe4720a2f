import Commerce
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceKit
import ServiceLifecycle
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import Tracing

@testable import Telemetry

/// What leaves the process, as a receiver reads it.
@Suite struct OTLPTests {
    private let trace = TraceContext(
        traceID: "0af7651916cd43dd8448eb211c80319c", spanID: "b7ad6b7169203331", sampled: true, state: "vendor=1")

    private func span(_ name: String, of service: String) -> FinishedSpan {
        FinishedSpan(
            service: service, name: name, kind: .client, trace: trace, parentSpanID: "00f067aa0ba902b7", start: 1_000,
            end: 2_000, attributes: ["text": "a", "number": 7, "flag": true, "share": 0.5],
            events: [SpanEvent(name: "exception", attributes: ["exception.type": "Broken"])], links: [trace.child()],
            status: SpanStatus(code: .error), dropped: (1, 2, 3))
    }

    @Test func spansAreGroupedByService() throws {
        let spans = [span("a", of: "order-service"), span("b", of: "cart-service"), span("c", of: "order-service")]
        let bytes: [UInt8] = try spans.request.serializedBytes()
        let read = try TraceSignal.Request(serializedBytes: bytes)
        let services = read.resourceSpans.map { resource in
            resource.resource.attributes.first { $0.key == "service.name" }?.value.stringValue
        }
        #expect(services == ["cart-service", "order-service"])
        #expect(read.resourceSpans.map { $0.scopeSpans.flatMap(\.spans).map(\.name) } == [["b"], ["a", "c"]])
        #expect(read.resourceSpans.allSatisfy { $0.schemaURL == "https://opentelemetry.io/schemas/1.45.0" })
    }

    @Test func aSpanIsWhole() throws {
        let bytes: [UInt8] = try [span("read product", of: "product-service")].request.serializedBytes()
        let read = try #require(
            try TraceSignal.Request(serializedBytes: bytes).resourceSpans.first?.scopeSpans.first?.spans.first)
        #expect(hexadecimal(read.traceID) == trace.traceID && hexadecimal(read.spanID) == trace.spanID)
        #expect(hexadecimal(read.parentSpanID) == "00f067aa0ba902b7")
        #expect(read.traceState == "vendor=1" && read.flags == 1 && read.kind == .client)
        #expect(read.startTimeUnixNano == 1_000 && read.endTimeUnixNano == 2_000)
        #expect(read.attributes.map(\.key) == ["flag", "number", "share", "text"])
        #expect(read.attributes[0].value.boolValue && read.attributes[1].value.intValue == 7)
        #expect(read.attributes[2].value.doubleValue == 0.5 && read.attributes[3].value.stringValue == "a")
        #expect(read.events.first?.attributes.first?.value.stringValue == "Broken")
        #expect(read.links.first.map { hexadecimal($0.traceID) } == trace.traceID)
        #expect(read.status.code == .error)
        #expect(read.droppedAttributesCount == 1 && read.droppedEventsCount == 2 && read.droppedLinksCount == 3)
    }

    @Test func aRootHasNoParent() throws {
        var root = span("root", of: "api-gateway")
        root.parentSpanID = nil
        #expect([root].request.resourceSpans.first?.scopeSpans.first?.spans.first?.parentSpanID.isEmpty == true)
    }

    @Test func logRecordsCarryTheirSpan() throws {
        let records = Mutex<[ExportedRecord]>([])
        let keep = { @Sendable (record: ExportedRecord) in records.withLock { $0.append(record) } }
        let ambient = CallContext.current.trace.traceID
        let logger = Logger(label: "order-service") { label in
            ExportingLogHandler(label: label, ambientTraceID: ambient, export: keep)
        }
        logger.info("outside any call")
        var call = CallContext()
        call.trace = trace
        CallContext.$current.withValue(call) {
            logger.warning("inside", metadata: ["order": ["id": "ord_1"], "attempt": "2"])
            RecordingTracer.$isExporting.withValue(true) { logger.error("of the exporter itself") }
        }
        let request = records.withLock { $0.request }
        let read = try LogSignal.Request(serializedBytes: try request.serializedBytes() as [UInt8])
        let written = try #require(read.resourceLogs.first?.scopeLogs.first?.logRecords)
        #expect(written.map(\.body.stringValue) == ["outside any call", "inside"])
        #expect(written.map(\.severityNumber) == [.info, .warn])
        #expect(written[0].traceID.isEmpty && hexadecimal(written[1].traceID) == trace.traceID)
        #expect(hexadecimal(written[1].spanID) == trace.spanID)
        #expect(written[1].attributes.map(\.key) == ["attempt", "order.id"])
        #expect(read.resourceLogs.first?.resource.attributes.first?.value.stringValue == "order-service")
    }

    // MARK: HTTP

    @Test(arguments: [
        ("7", 7), ("0", 0), ("soon", nil), ("-3", nil), ("99999", 3_600), ("Tue, 01 Dec 2026 00:00:30 GMT", 30),
        ("Tue, 01 Dec 2020 00:00:30 GMT", 0),
    ])
    func retryAfterIsSecondsOrADate(_ text: String, seconds: Int?) throws {
        let now = try Date("2026-12-01T00:00:00Z", strategy: .iso8601)
        #expect(HTTPTransport.pause(text, at: now) == seconds.map { Duration.seconds($0) })
    }

    /// A receiver by HTTP that answers this, and what it got.
    private func byHTTP(
        _ status: HTTPResponse.Status, _ headers: HTTPFields = [:], _ body: [UInt8] = [],
        _ use: (HTTPTransport) async throws -> Void
    ) async throws -> [Request] {
        let received = Mutex<[Request]>([])
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        let answer = { @Sendable (request: Request) in
            received.withLock { $0.append(request) }
            return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
        }
        router.post("/v1/traces") { request, _ in answer(request) }
        let server = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: LogLines().logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.run() }
            let bound = try #require(await ports.first { _ in true })
            let transport = HTTPTransport(
                endpoint: "http://127.0.0.1:\(bound)/", headers: [("Authorization", "Bearer x")])
            tasks.addTask { try await transport.run() }
            try await use(transport)
            tasks.cancelAll()
            try? await tasks.waitForAll()
        }
        return received.withLock { $0 }
    }

    @Test(.timeLimit(.minutes(1))) func anExportByHTTP() async throws {
        let partial = TraceSignal.Response.with { $0.partialSuccess.rejectedSpans = 1 }
        let received = try await byHTTP(.ok, [:], try partial.serializedBytes()) { transport in
            let spans = [span("a", of: "order-service"), span("b", of: "order-service")]
            let outcome = await transport.send(
                spans.request, as: TraceSignal.self, count: 2, timeout: .seconds(10))
            #expect(outcome == .accepted(rejected: 1))
        }
        #expect(received.map { $0.headers[.contentType] } == ["application/x-protobuf"])
        #expect(received.map { $0.headers[.authorization] } == ["Bearer x"])
    }

    @Test(.timeLimit(.minutes(1))) func theReceiverSaysWhenToComeAgain() async throws {
        for status in [HTTPResponse.Status.tooManyRequests, .badGateway, .serviceUnavailable, .gatewayTimeout] {
            _ = try await byHTTP(status, [.retryAfter: "3"]) { transport in
                let outcome = await transport.send(
                    [span("a", of: "x")].request, as: TraceSignal.self, count: 1, timeout: .seconds(10))
                #expect(
                    outcome == .unavailable(reason: "the receiver answered \(status.code)", pause: .seconds(3)))
            }
        }
        _ = try await byHTTP(.badRequest) { transport in
            let outcome = await transport.send(
                [span("a", of: "x")].request, as: TraceSignal.self, count: 1, timeout: .seconds(10))
            #expect(outcome == .refused(reason: "the receiver answered 400"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func nobodyListens() async throws {
        let transport = HTTPTransport(endpoint: "http://127.0.0.1:1")
        let outcome = await transport.send(
            [span("a", of: "x")].request, as: TraceSignal.self, count: 1, timeout: .seconds(10))
        #expect(outcome == .unavailable(reason: "the receiver did not answer", pause: nil))
        let run = Task { try await transport.run() }
        run.cancel()
        try await run.value
    }

    // MARK: gRPC

    /// Answers in turn with these errors; then accepts.
    private final class Receiver: Opentelemetry_Proto_Collector_Trace_V1_TraceService.SimpleServiceProtocol {
        let errors: Mutex<[any Error]>
        let names = Mutex<[String]>([])

        init(_ errors: [any Error]) { self.errors = Mutex(errors) }

        func export(request: TraceSignal.Request, context: ServerContext) async throws -> TraceSignal.Response {
            if let error = errors.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw error }
            names.withLock { $0 += request.resourceSpans.flatMap(\.scopeSpans).flatMap(\.spans).map(\.name) }
            return .with { $0.partialSuccess.rejectedSpans = 1 }
        }
    }

    @Test(.timeLimit(.minutes(1))) func anExportByGRPC() async throws {
        let receiver = Receiver([
            GoogleRPCStatus(code: .resourceExhausted, message: "full", details: [.retryInfo(delay: .seconds(4))]),
            RPCError(code: .resourceExhausted, message: "full"), RPCError(code: .unavailable, message: "restarting"),
            RPCError(code: .invalidArgument, message: "no spans"),
        ])
        let server = GRPCServer(
            transport: HTTP2ServerTransport.Posix(
                address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext), services: [receiver])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.serve() }
            let port = try #require(try await server.transport.listeningAddress.ipv4?.port)
            let transport = try GRPCTransport(host: "127.0.0.1", port: port, usesTLS: false)
            tasks.addTask { try await transport.run() }
            var outcomes: [ExportOutcome] = []
            for _ in 0..<5 {
                outcomes.append(
                    await transport.send(
                        [span("a", of: "x"), span("b", of: "x")].request, as: TraceSignal.self, count: 2,
                        timeout: .seconds(10)))
            }
            #expect(
                outcomes == [
                    .unavailable(reason: "the receiver answered resourceExhausted", pause: .seconds(4)),
                    .refused(reason: "the receiver answered resourceExhausted"),
                    .unavailable(reason: "the receiver answered unavailable", pause: nil),
                    .refused(reason: "the receiver answered invalidArgument"), .accepted(rejected: 1),
                ])
            #expect(receiver.names.withLock { $0 } == ["a", "b"])
            server.beginGracefulShutdown()
            tasks.cancelAll()
            try? await tasks.waitForAll()
        }
    }
}
