import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ServiceLifecycle
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
            async let answer = client.get("/slow")
            _ = await arrivals.first { _ in true }
            await group.triggerGracefulShutdown()
            release.yield()
            #expect(try await answer.status == .ok)
            try await tasks.waitForAll()
            try await client.shutdown()
        }
        #expect(!logs.all.contains { $0.contains("Server started") })
        #expect(logs.all.contains { $0.contains("Request answered") })
    }
}
