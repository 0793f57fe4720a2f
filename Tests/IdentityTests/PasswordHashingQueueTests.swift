import Dispatch
import Identity
import ServiceKit
import Synchronization
import Testing

@Suite struct PasswordHashingQueueTests {
    @Test func clientsAreServedInTurn() async throws {
        let queue = BlockedQueue(limit: 64, limitPerClient: 32)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for client in ["busy", "busy", "busy", "busy", "other"] {
                tasks.addTask { try await queue.add(client) }
                await queue.untilNextIsAdded()
            }
            queue.endFirstJob()
            try await tasks.waitForAll()
        }
        #expect(queue.served == ["busy", "busy", "other", "busy", "busy"])
    }

    @Test func oneClientCannotFillTheQueue() async throws {
        let queue = BlockedQueue(limit: 4, limitPerClient: 2)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for client in ["busy", "busy", "busy"] {
                tasks.addTask { try await queue.add(client) }
                await queue.untilNextIsAdded()
            }
            let refused = await #expect(throws: ServiceError.self) { try await queue.add("busy") }
            #expect(refused?.kind == .tooManyRequests)
            for client in ["other", "late"] {
                tasks.addTask { try await queue.add(client) }
                await queue.untilNextIsAdded()
            }
            let full = await #expect(throws: ServiceError.self) { try await queue.add("latest") }
            #expect(full?.kind == .unavailable)
            queue.endFirstJob()
            try await tasks.waitForAll()
        }
    }
}

/// A queue whose first job runs until the test ends it; the others wait.
private final class BlockedQueue: Sendable {
    private let queue: PasswordHashingQueue
    private let firstJob = DispatchSemaphore(value: 0)
    private let state = Mutex((added: 0, served: [String]()))

    init(limit: Int, limitPerClient: Int) {
        queue = PasswordHashingQueue(width: 1, limit: limit, limitPerClient: limitPerClient)
    }

    var served: [String] { state.withLock { $0.served } }

    func add(_ client: String) async throws {
        try await CallContext(clientNetwork: client).run {
            try await queue.run {
                let isFirst = self.state.withLock { state in
                    state.served.append(client)
                    return state.served.count == 1
                }
                if isFirst { self.firstJob.wait() }
            }
        }
    }

    func endFirstJob() { firstJob.signal() }

    func untilNextIsAdded() async {
        let expected = state.withLock { state in
            state.added += 1
            return state.added
        }
        // The first job must have started: until then it counts as waiting.
        while served.isEmpty || served.count + queue.waiting < expected { await Task.yield() }
    }
}
