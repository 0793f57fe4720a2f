import CMemory
import Dispatch
import Synchronization

/// Memory that was needed for a rush and is free again: the C library keeps it for the process unless it is told.
enum FreedMemory {
    private static let queue = DispatchQueue(label: "magpie.freed-memory")
    private static let isAsked = Atomic(false)

    /// Gives it back to the system two seconds later, when requests that end now have let go of theirs. However often it
    /// is asked meanwhile, it happens once.
    static func giveBackSoon() {
        guard !isAsked.exchange(true, ordering: .relaxed) else { return }
        queue.asyncAfter(deadline: .now() + 2) {
            isAsked.store(false, ordering: .relaxed)
            magpie_return_freed_memory()
        }
    }
}
