import Calls
import Synchronization

/// Gathers what is wrong with one request, from all its nested readers.
final class FieldCollector: Sendable {
    private struct State {
        var problems: [ServiceError.Field] = []
        var unread: [String: Set<String>] = [:]
    }
    private let state = Mutex(State())

    /// Announces an object: the members nobody asks for are unknown fields.
    func open(_ path: String, members: some Sequence<String>) {
        state.withLock { $0.unread[path] = Set(members) }
    }

    func markRead(_ name: String, in path: String) {
        state.withLock { _ = $0.unread[path]?.remove(name) }
    }

    func report(_ field: String, _ code: String, _ detail: String) {
        state.withLock { $0.problems.append(ServiceError.Field(field: field, code: code, detail: detail)) }
    }

    /// All problems so far, unknown fields last.
    var problems: [ServiceError.Field] {
        state.withLock { state in
            let unknown = state.unread.flatMap { path, names in names.map { FieldPath.joined(path, $0) } }
            return state.problems
                + unknown.sorted().map {
                    ServiceError.Field(field: $0, code: "unknown_field", detail: "is not known here")
                }
        }
    }
}

enum FieldPath {
    static func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
