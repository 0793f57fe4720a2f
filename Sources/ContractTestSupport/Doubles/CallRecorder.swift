package import ServiceKit
import Synchronization

/// What a double was asked, in order, and what happens before it answers.
package final class CallRecorder: Sendable {
    package struct Call: Sendable {
        package let method: String
        package let input: any Hashable & Sendable
        package let context: CallContext
    }
    private let recorded = Mutex<[Call]>([])
    private let before: @Sendable (String) async throws -> Void

    package init(before: @escaping @Sendable (String) async throws -> Void = { _ in }) { self.before = before }

    package func note(_ method: String, _ input: any Hashable & Sendable) async throws {
        recorded.withLock { $0.append(Call(method: method, input: input, context: .current)) }
        try await before(method)
    }

    package var calls: [Call] { recorded.withLock { $0 } }
    package var inputs: [AnyHashable] { calls.map { AnyHashable($0.input) } }
}
