import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ServiceKit
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Web

@Suite struct LiveServerTests {
    @Test(.timeLimit(.minutes(1))) func `requests in flight are finished on shutdown`() async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let (releases, release) = AsyncStream.makeStream(of: Void.self)
        let logs = LogLines()
        var router = APIRouter()
        router.add(middleware: RequestScope(service: "test", logger: logs.logger))
        router.add(middleware: ProblemErrors(logger: logs.logger))
        router.get("/slow") { _, _ in
            arrival.yield()
            for await _ in releases { break }
            return Response(status: .ok)
        }
        router.finish()
        let server = webApplication(router: router, host: "127.0.0.1", port: 0, logger: logs.logger) { port.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logs.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let bound = try #require(await ports.first { _ in true })
            let client = TestClient(host: "127.0.0.1", port: bound, eventLoopGroupProvider: .createNew)
            client.connect()
            async let response = client.get("/slow")
            _ = await arrivals.first { _ in true }
            await group.triggerGracefulShutdown()
            release.yield()
            #expect(try await response.status == .ok)
            try await tasks.waitForAll()
            try await client.shutdown()
        }
        #expect(!logs.all.contains { $0.contains("Server started") })
        #expect(logs.all.contains { $0.contains("Request completed") })
    }

    @Test(.timeLimit(.minutes(1))) func `more clients than there is room for wait outside`() async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let (events, continuation) = AsyncStream.makeStream(of: String.self)
        let logs = LogLines()
        var router = APIRouter()
        router.get("/") { _, _ in Response(status: .ok) }
        router.finish()
        let server = webApplication(
            router: router, host: "127.0.0.1", port: 0, maximumConnections: ConnectionLimit(1, of: "test"),
            logger: logs.logger
        ) { port.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logs.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let bound = try #require(await ports.first { _ in true })
            let (idle, next) = (
                TestClient(host: "127.0.0.1", port: bound, eventLoopGroupProvider: .createNew),
                TestClient(host: "127.0.0.1", port: bound, eventLoopGroupProvider: .createNew)
            )
            idle.connect()
            _ = try await idle.get("/")
            next.connect()
            tasks.addTask {
                _ = try await next.get("/")
                continuation.yield("next was served")
            }
            // Long enough for a response on this machine, had the server room for it.
            try await Task.sleep(for: .milliseconds(300))
            continuation.yield("idle has gone")
            try await idle.shutdown()
            var order: [String] = []
            for await event in events.prefix(2) { order.append(event) }
            #expect(order == ["idle has gone", "next was served"])
            try await next.shutdown()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test(.timeLimit(.minutes(1))) func `readiness ends when shutdown begins`() async throws {
        let drain = Drain()
        try await drain.check.check()
        let group = ServiceGroup(configuration: .init(services: [drain], logger: LogLines().logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        let error = await #expect(throws: ServiceError.self) { try await drain.check.check() }
        #expect(error?.code == "draining")
    }

    @Test func `a cached check is made again when its time is over`() async throws {
        let runs = Mutex(0)
        let now = Mutex(ContinuousClock.now)
        let check = ReadinessCheck(name: "disk") {
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            if run > 1 { throw CancellationError() }
        }.cached(for: .seconds(5), now: { now.withLock { $0 } })
        for _ in 0..<3 { try await check.check() }
        #expect(runs.withLock { $0 } == 1)
        now.withLock { $0 += .seconds(5) }
        for _ in 0..<3 { await #expect(throws: CancellationError.self) { try await check.check() } }
        #expect(runs.withLock { $0 } == 2)
    }
}
