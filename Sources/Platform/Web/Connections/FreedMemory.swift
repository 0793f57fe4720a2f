import CMemory
import Dispatch
import Synchronization

/// Memory that a peak of requests needed and that is free again: the C library keeps it for the process unless it is
/// released explicitly.
enum FreedMemory {
    private static let queue = DispatchQueue(label: "magpie.freed-memory")
    private static let isScheduled = Atomic(false)

    /// Releases it to the system two seconds later, when requests that end now have freed theirs. Calls until then have no
    /// further effect.
    static func giveBackSoon() {
        guard !isScheduled.exchange(true, ordering: .relaxed) else { return }
        queue.asyncAfter(deadline: .now() + 2) {
            isScheduled.store(false, ordering: .relaxed)
            magpie_return_freed_memory()
        }
    }
}
