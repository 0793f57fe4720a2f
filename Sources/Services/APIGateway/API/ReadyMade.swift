import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A finished JSON answer with its entity tag.
struct ReadyMade: Sendable {
    private let body: ByteBuffer
    private let headers: HTTPFields
    private let tag: String

    /// - Parameter isPublic: Whether everyone gets the same answer.
    init(_ value: some Encodable, isPublic: Bool) throws {
        let bytes = try Self.encoder.encode(value)
        tag = "\"" + SHA256.hash(data: bytes).prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\""
        body = ByteBuffer(bytes: bytes)
        headers = [
            .contentType: "application/json; charset=utf-8", .eTag: tag, .vary: "authorization",
            .cacheControl: "\(isPublic ? "public" : "private"), max-age=0, must-revalidate",
        ]
    }

    var byteCount: Int { body.readableBytes }

    /// The answer, or 304 when the client has it already.
    func response(to request: Request) -> Response {
        guard let known = request.headers[.ifNoneMatch], Self.matches(known, tag) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
        var headers = headers
        headers[.contentType] = nil
        return Response(status: .notModified, headers: headers)
    }

    /// RFC 9110, section 13.1.2: a list of tags compared weakly, or `*`.
    static func matches(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { candidate in
            let candidate = candidate.trimmingCharacters(in: .whitespaces)
            return candidate == "*" || candidate == tag || candidate == "W/" + tag
        }
    }

    /// Sorted, so that the same value always has the same bytes and tag.
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return encoder
    }()
}

/// Finished answers for hot reads: at most a second old, and all dropped when this gateway changes the catalogue or its
/// stock. Bounded in number and bytes.
final class ReadyMadeCache: Sendable {
    private struct State {
        var entries: [String: (answer: ReadyMade, end: ContinuousClock.Instant)] = [:]
        var bytes = 0
        var generation = 0
    }
    private let state = Mutex(State())
    private let lifetime: Duration
    private let maximumCount: Int
    private let maximumBytes: Int

    init(lifetime: Duration = .seconds(1), maximumCount: Int = 2_000, maximumBytes: Int = 32 * 1_048_576) {
        self.lifetime = lifetime
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    /// The cached answer, or the one `make` gives, kept for the next caller.
    func answer(_ key: String, make: () async throws -> ReadyMade) async throws -> ReadyMade {
        let now = ContinuousClock.now
        let (cached, generation) = state.withLock { ($0.entries[key], $0.generation) }
        if let cached, cached.end > now { return cached.answer }
        let answer = try await make()
        state.withLock { state in
            // What was read before a change must not outlive it.
            guard state.generation == generation else { return }
            makeRoom(in: &state, for: answer.byteCount, at: now)
            state.bytes += answer.byteCount - (state.entries[key]?.answer.byteCount ?? 0)
            state.entries[key] = (answer, now.advanced(by: lifetime))
        }
        return answer
    }

    func removeAll() {
        state.withLock { state in
            state.entries.removeAll(keepingCapacity: true)
            state.bytes = 0
            state.generation &+= 1
        }
    }

    private func makeRoom(in state: inout State, for bytes: Int, at now: ContinuousClock.Instant) {
        func isFull() -> Bool { state.entries.count >= maximumCount || state.bytes + bytes > maximumBytes }
        guard isFull() else { return }
        state.entries = state.entries.filter { $0.value.end > now }
        if state.entries.count >= maximumCount { state.entries.removeAll(keepingCapacity: true) }
        state.bytes = state.entries.values.reduce(0) { $0 + $1.answer.byteCount }
        if isFull() {
            state.entries.removeAll(keepingCapacity: true)
            state.bytes = 0
        }
    }
}
