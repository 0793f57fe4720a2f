import ServiceKit
import Synchronization

/// Gathers what is wrong with one request, from all its nested readers: as much as is of use to anybody, for the answer
/// must not outgrow the request.
final class FieldCollector: Sendable {
    static let maximumProblems = 100
    static let maximumNameLength = 200

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
        state.withLock { state in
            guard state.problems.count < Self.maximumProblems else { return }
            let field = String(field.prefix(Self.maximumNameLength))
            state.problems.append(ServiceError.Field(field: field, code: code, detail: detail))
        }
    }

    var hasReported: Bool { state.withLock { !$0.problems.isEmpty } }

    /// The problems so far, unknown fields last. Of more unknown fields than there is room for, any.
    var problems: [ServiceError.Field] {
        state.withLock { state in
            var unknown: [String] = []
            for (path, names) in state.unread {
                let room = Self.maximumProblems - state.problems.count - unknown.count
                unknown += names.prefix(room).map { FieldPath.joined(path, $0) }
            }
            return state.problems
                + unknown.sorted().map { name in
                    let field = String(name.prefix(Self.maximumNameLength))
                    return ServiceError.Field(field: field, code: "unknown_field", detail: "is not known here")
                }
        }
    }
}

enum FieldPath {
    static func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
