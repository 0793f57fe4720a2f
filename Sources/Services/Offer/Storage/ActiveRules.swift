import Synchronization

/// The rules that carts are priced by now, and the document they were read from. Kept in memory.
final class ActiveRules: Sendable {
    private struct State {
        var document: String
        var rules: Rules
    }

    private let state: Mutex<State>

    init(_ rules: Rules, from document: String) { state = Mutex(State(document: document, rules: rules)) }

    var rules: Rules { state.withLock(\.rules) }
    var document: String { state.withLock(\.document) }

    func replace(by rules: Rules, from document: String) {
        state.withLock { $0 = State(document: document, rules: rules) }
    }
}
