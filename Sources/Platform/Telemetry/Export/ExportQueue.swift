package import ServiceKit
import Synchronization

/// What waits to be exported. Never blocks: when it is full the newest are dropped, and counted.
package final class ExportQueue<Item: Sendable>: Sendable {
    private struct State {
        var items: [Item] = []
        var dropped = 0
    }
    private let state = Mutex(State())
    /// The most items that wait.
    package let limit: Int
    /// The most items that leave together.
    package let batch: Int
    /// Notified when there is a whole batch.
    package let filled = Signal()

    package init(limit: Int, batch: Int) {
        self.limit = limit
        self.batch = min(batch, limit)
    }

    package func add(_ item: Item) {
        let isBatch = state.withLock { state in
            guard state.items.count < limit else {
                state.dropped += 1
                return false
            }
            state.items.append(item)
            return state.items.count.isMultiple(of: batch)
        }
        if isBatch { filled.notify() }
    }

    package var count: Int { state.withLock(\.items.count) }

    /// The oldest items, at most a batch.
    package func take() -> [Item] {
        state.withLock { state in
            let taken = Array(state.items.prefix(batch))
            state.items.removeFirst(taken.count)
            return taken
        }
    }

    /// How many were dropped since the last call.
    package func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }
}
