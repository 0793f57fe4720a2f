import Commerce
import ServiceKit
import Synchronization

/// Collects the faults of one request, from all its nested readers.
final class FieldCollector: Sendable {
    private struct State {
        var faults = FieldFaults()
        var unread: [String: Set<String>] = [:]
    }
    private let state = Mutex(State())

    /// Announces an object: members that are never read are unknown fields.
    func open(_ path: String, members: some Sequence<String>) {
        state.withLock { $0.unread[path] = Set(members) }
    }

    func markRead(_ name: String, in path: String) {
        state.withLock { _ = $0.unread[path]?.remove(name) }
    }

    func report(_ field: String, _ code: some ErrorCodeList, _ detail: String) {
        state.withLock { state in
            state.faults.report(field, code, detail)
        }
    }

    var hasReported: Bool { state.withLock { !$0.faults.isEmpty } }

    /// The faults so far, unknown fields last. Of more unknown fields than there is room for, any.
    var faults: FieldFaults {
        state.withLock { state in
            var unknown: [String] = []
            for (path, names) in state.unread {
                let room = FieldFaults.maximumCount - state.faults.fields.count - unknown.count
                unknown += names.prefix(max(0, room)).map { FieldFaults.path(path, $0) }
            }
            var faults = state.faults
            for name in unknown.sorted() { faults.report(name, FieldCode.unknownField, "is not known here") }
            return faults
        }
    }
}
