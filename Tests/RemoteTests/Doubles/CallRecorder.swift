import ServiceKit
import Synchronization

/// What a double was asked, in order, and what happens before it answers.
final class CallRecorder: Sendable {
    struct Call: Sendable {
        let method: String
        let input: any Hashable & Sendable
        let context: CallContext
    }
    private let recorded = Mutex<[Call]>([])
    private let before: @Sendable (String) async throws -> Void

    init(before: @escaping @Sendable (String) async throws -> Void = { _ in }) { self.before = before }

    func note(_ method: String, _ input: any Hashable & Sendable) async throws {
        recorded.withLock { $0.append(Call(method: method, input: input, context: .current)) }
        try await before(method)
    }

    var calls: [Call] { recorded.withLock { $0 } }
    var inputs: [AnyHashable] { calls.map { AnyHashable($0.input) } }
}

/// A date that happens once and can be waited for by many.
final class Event: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func happen() { continuation.finish() }
    func wait() async { for await _ in stream {} }
}
