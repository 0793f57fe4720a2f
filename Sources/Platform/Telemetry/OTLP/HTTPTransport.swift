import AsyncHTTPClient
import Commerce
import Foundation
import NIOCore
import NIOHTTP1
import ServiceKit
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// OTLP by HTTP with binary protocol buffers: https://opentelemetry.io/docs/specs/otlp/#otlphttp
package final class HTTPTransport: OTLPTransport {
    private let endpoint: String
    private let headers: [(name: String, value: String)]
    /// The client is made when it is first used, because it has to be shut down: a process that ends before it runs has
    /// none.
    private enum State {
        case idle
        case open(HTTPClient)
        case closed
    }
    private let state = Mutex(State.idle)

    /// The most bytes of a response.
    private static let longestResponse = 1_048_576

    /// - Parameter endpoint: Without the paths of the signals.
    package init(endpoint: String, headers: [(name: String, value: String)] = []) {
        self.endpoint = String(endpoint.reversed().drop { $0 == "/" }.reversed())
        self.headers = headers
    }

    /// Nil after the end of ``run()``.
    private func client() -> HTTPClient? {
        state.withLock { state in
            switch state {
            case .idle:
                let client = Self.newClient()
                state = .open(client)
                return client
            case .open(let client): return client
            case .closed: return nil
            }
        }
    }

    private static func newClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.timeout.connect = .seconds(5)
        configuration.redirectConfiguration = .disallow
        // The exporter repeats with pauses of its own.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tracing.tracer = nil  // Exports of spans would make spans.
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func run() async throws {
        try? await gracefulShutdown()
        let last = state.withLock { state in
            defer { state = .closed }
            return if case .open(let client) = state { client } else { HTTPClient?.none }
        }
        try await last?.shutdown()
    }

    package func send<Signal: OTLPSignal>(
        _ message: Signal.Request, as signal: Signal.Type, count: Int, timeout: Duration
    ) async -> ExportOutcome {
        guard let client = client() else { return .refused(reason: "the process stops") }
        let body: [UInt8]
        do { body = try message.serializedBytes() } catch { return .refused(reason: "the message cannot be encoded") }
        var request = HTTPClientRequest(url: endpoint + Signal.path)
        request.method = .POST
        for header in headers { request.headers.add(name: header.name, value: header.value) }
        request.headers.replaceOrAdd(name: "content-type", value: "application/x-protobuf")
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let (response, bytes) = try await withDeadline(.now.advanced(by: timeout)) { [client, request] in
                let response = try await client.execute(
                    request, timeout: .milliseconds(max(1, timeout.wholeMilliseconds)))
                return (response, try await response.body.collect(upTo: Self.longestResponse))
            }
            if (200..<300).contains(response.status.code) {
                // What cannot be read says nothing was rejected.
                let message = (try? Signal.Response(serializedBytes: Array(bytes.readableBytesView))) ?? .init()
                return accepted(message, as: signal, of: count)
            }
            let reason = "the receiver answered \(response.status.code)"
            guard Self.retryable.contains(response.status.code) else { return .refused(reason: reason) }
            let pause = response.headers.first(name: "retry-after").flatMap { Self.pause($0, at: Date()) }
            return .unavailable(reason: reason, pause: pause)
        } catch {
            return .unavailable(reason: "the receiver did not answer", pause: nil)
        }
    }

    /// https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes
    private static let retryable: Set<UInt> = [429, 502, 503, 504]

    /// https://datatracker.ietf.org/doc/html/rfc9110#name-date-time-formats
    private static let dates = Date.ParseStrategy(
        format: """
            \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
            \(second: .twoDigits) GMT
            """, locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)

    /// Reads `Retry-After`: seconds, or a date. Nil when it is neither.
    static func pause(_ text: String, at now: Date) -> Duration? {
        if let seconds = Int(text) { return seconds >= 0 ? .seconds(min(seconds, 3_600)) : nil }
        guard let date = try? Date(text, strategy: dates) else { return nil }
        return .seconds(max(0, min(date.timeIntervalSince(now), 3_600)))
    }
}
