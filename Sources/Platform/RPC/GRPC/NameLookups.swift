import Synchronization

/// Ends a client whose name lookups fail: it would retry for ever, and not notice a shutdown.
final class NameLookups: Sendable {
    private let state = Mutex((isFailing: false, end: (@Sendable () -> Void)?.none))

    func note(isFailing: Bool) {
        let end = state.withLock { state in
            state.isFailing = isFailing
            return isFailing ? state.end : nil
        }
        end?()
    }

    /// Calls `end` if the last lookup failed, or as soon as one does.
    func endWhenFailing(_ end: @escaping @Sendable () -> Void) {
        let isFailing = state.withLock { state in
            state.end = end
            return state.isFailing
        }
        if isFailing { end() }
    }
}
