import ServiceKit
import Testing

@testable import RedisDriver

/// The server crashes, restarts, or stalls. Limits are wide because machines are busy: an immediate failure comes long
/// before the timeouts of `slowTimeouts`.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct RedisOutageTests {
    private func slowTimeouts(_ settings: inout RedisSettings) {
        settings.commandTimeout = .seconds(60)
        settings.connectTimeout = .seconds(60)
    }

    private func time(_ body: () async throws -> Void) async rethrows -> Duration {
        try await ContinuousClock().measure(body)
    }

    @Test func aServerThatWasKilledIsFoundAgainWithItsData() async throws {
        try await withRedis { server in
            let client = RedisClient(server.settings(slowTimeouts), logger: .silent)
            for number in 0..<20 { _ = try await client.send(["SET", "k\(number)", "v"]) }
            await server.kill()
            for _ in 0..<20 {
                let spent = await time { #expect(await failure { try await client.ping() }.isUnavailable) }
                #expect(spent < .seconds(20))
            }
            try await server.start()
            try await client.untilAvailable()
            #expect(try await client.send(["DBSIZE"]) == .integer(20))
            client.close()
        }
    }

    @Test func withoutAServerCallsFailAtOnce() async throws {
        let server = try RedisServer(password: nil)
        let client = RedisClient(server.settings(slowTimeouts), logger: .silent)
        let spent = try await time {
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for _ in 0..<1_000 { tasks.addTask { await failure { try await client.ping() }.isUnavailable } }
                for try await isUnavailable in tasks { #expect(isUnavailable) }
            }
        }
        #expect(spent < .seconds(20))
        // Once started, the client finds it by itself.
        try await server.start()
        try await client.untilAvailable()
        client.close()
        await server.remove()
    }

    @Test func aCrashFailsCallsInFlightAndRepeatsNone() async throws {
        try await withRedis { server in
            let client = RedisClient(server.settings(), logger: .silent)
            try await client.ping()
            let acknowledged = await withTaskGroup(of: Int.self) { tasks in
                for _ in 0..<20 {
                    tasks.addTask {
                        var count = 0
                        while await failure(of: { try await client.send(["INCR", "n"]) }) == nil { count += 1 }
                        return count
                    }
                }
                while let reply = try? await client.send(["GET", "n"]), Int(reply.text ?? "") ?? 0 < 2_000 {}
                await server.kill()
                return await tasks.reduce(0, +)
            }
            try await server.start()
            try await client.untilAvailable()
            let kept = try #require(Int(try await client.send(["GET", "n"]).text ?? ""))
            // At most one command of each caller ran without its reply.
            #expect(kept >= acknowledged && kept <= acknowledged + 20)
            client.close()
        }
    }

    @Test func aStalledServerCostsEachCallItsTimeoutAndNoMore() async throws {
        try await withRedis { server in
            let client = RedisClient(
                server.settings {
                    $0.commandTimeout = .milliseconds(300)
                    $0.connectTimeout = .milliseconds(300)
                }, logger: .silent)
            for _ in 0..<2 { try await client.ping() }
            await server.stall()
            let spent = await time {
                await withTaskGroup(of: Bool.self) { tasks in
                    for _ in 0..<100 {
                        tasks.addTask { await failure { try await client.send(["INCR", "n"]) }.isUnavailable }
                    }
                    for await isUnavailable in tasks { #expect(isUnavailable) }
                }
            }
            #expect(spent >= .milliseconds(250) && spent < .seconds(10), "\(spent)")
            for _ in 0..<20 {
                let spent = await time { #expect(await failure { try await client.ping() }.isUnavailable) }
                #expect(spent < .seconds(10), "\(spent)")
            }
            await server.goOn()
            try await client.untilAvailable()
            // Commands that had reached the server may have run, once.
            let count = Int(try await client.send(["GET", "n"]).text ?? "0") ?? -1
            #expect((0...100).contains(count))
            client.close()
        }
    }

    @Test func onlyReadsAreRepeatedWhenTheConnectionBreaks() async throws {
        try await withRedis { server in
            let client = RedisClient(server.settings { $0.connections = 1 }, logger: .silent)
            let other = RedisClient(server.settings { $0.connections = 1 }, logger: .silent)
            // A blocked command is one that was written and has no reply yet.
            async let write = failure { try await client.send(["BLPOP", "list", 10]) }
            try await other.untilBlocked(1)
            _ = try await other.send(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])
            // If it were sent again, it would find this.
            _ = try await other.send(["LPUSH", "list", "x"])
            #expect(await write.isUnavailable)
            #expect(try await other.send(["DEL", "list"]) == .integer(1))

            async let read = client.send(["BLPOP", "list", 10], safeToRepeat: true)
            try await other.untilBlocked(1)
            _ = try await other.send(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])
            try await other.untilBlocked(1)
            _ = try await other.send(["LPUSH", "list", "x"])
            #expect(try await read == .array([.string(Array("list".utf8)), .string(Array("x".utf8))]))

            // A connection that broke while it was idle is noticed before anything is written.
            _ = try await other.send(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])
            #expect(try await client.send(["INCR", "n"]) == .integer(1))
            client.close()
            other.close()
        }
    }

    @Test func aStalledLogInDelaysNoCaller() async throws {
        try await withRedis { server in
            await server.stall()  // The kernel still accepts connections.
            let client = RedisClient(
                server.settings {
                    $0.commandTimeout = .milliseconds(200)
                    $0.connectTimeout = .seconds(60)
                }, logger: .silent)
            let spent = await time { #expect(await failure { try await client.ping() }.isUnavailable) }
            #expect(spent < .seconds(20), "\(spent)")
            await server.goOn()
            try await client.untilAvailable()
            client.close()
        }
    }

    @Test func pausesGrowUpToALimit() {
        #expect([1, 2, 3, 6, 7, 1_000].map { RedisLink.pause(after: $0, random: 1) } == [0.05, 0.1, 0.2, 1.6, 2, 2])
        #expect(RedisLink.pause(after: 1_000, random: 0.5) == 1)
    }
}
