import Dispatch
import ServiceKit
import Synchronization
import Testing

@testable import AuthService

@Suite struct HashingQueuesTests {
    @Test func clientsTakeTurns() async throws {
        let line = BlockedLine(limit: 64, limitPerClient: 32)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for client in ["greedy", "greedy", "greedy", "greedy", "modest"] {
                tasks.addTask { try await line.join(client) }
                await line.untilNextHasJoined()
            }
            line.open()
            try await tasks.waitForAll()
        }
        #expect(line.served == ["greedy", "greedy", "modest", "greedy", "greedy"])
    }

    @Test func oneClientCannotFillTheLine() async throws {
        let line = BlockedLine(limit: 4, limitPerClient: 2)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for client in ["greedy", "greedy", "greedy"] {
                tasks.addTask { try await line.join(client) }
                await line.untilNextHasJoined()
            }
            let refused = await #expect(throws: ServiceError.self) { try await line.join("greedy") }
            #expect(refused?.kind == .tooManyRequests)
            for client in ["modest", "late"] {
                tasks.addTask { try await line.join(client) }
                await line.untilNextHasJoined()
            }
            let full = await #expect(throws: ServiceError.self) { try await line.join("latest") }
            #expect(full?.kind == .unavailable)
            line.open()
            try await tasks.waitForAll()
        }
    }
}

/// A line whose first job does not end before the test says so: it runs, the others wait.
private final class BlockedLine: Sendable {
    private let queues: HashingQueues
    private let gate = DispatchSemaphore(value: 0)
    private let state = Mutex((joined: 0, served: [String]()))

    init(limit: Int, limitPerClient: Int) {
        queues = HashingQueues(width: 1, limit: limit, limitPerClient: limitPerClient)
    }

    var served: [String] { state.withLock { $0.served } }

    func join(_ client: String) async throws {
        try await CallContext(clientNetwork: client).run {
            try await queues.run {
                let isFirst = self.state.withLock { state in
                    state.served.append(client)
                    return state.served.count == 1
                }
                if isFirst { self.gate.wait() }
            }
        }
    }

    func open() { gate.signal() }

    func untilNextHasJoined() async {
        let expected = state.withLock { state in
            state.joined += 1
            return state.joined
        }
        // The first must have begun: until then it waits too, and takes a place.
        while served.isEmpty || served.count + queues.waiting < expected { await Task.yield() }
    }
}
