import RedisDriver
import ServiceKit
import Telemetry
import TestSupport
import Testing

@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct RedisClientTests {
    @Test func repliesOfEveryKindAreReturned() async throws {
        try await withClient { client in
            let bytes = (0...255).map(UInt8.init)
            #expect(try await client.send(["SET", "k", RedisArgument(bytes)]) == .status("OK"))
            #expect(try await client.send(["GET", "k"], safeToRepeat: true).bytes == bytes)
            #expect(try await client.send(["GET", "nothing"]) == .null)
            #expect(try await client.send(["INCRBY", "n", -3]).integer == -3)
            let large = [UInt8](repeating: 7, count: 3_000_000)
            _ = try await client.send(["SET", "large", RedisArgument(large)])
            #expect(try await client.send(["GET", "large"]).bytes == large)
            let nested = try await client.send(["EVAL", "return {1, {'a', false}, redis.error_reply('ODD x')}", 0])
            guard case .array(let elements) = nested else { throw RedisServer.NotStarted(log: "\(nested)") }
            #expect(elements.prefix(2) == [.integer(1), .array([.string([97]), .null])])
            #expect(elements.count == 3)
            let refused = await failure { try await client.send(["LPUSH", "k", "x"]) } as? RedisError
            #expect(refused?.code == "WRONGTYPE")
            #expect(await failure { try await client.send(["NONSENSE"]) } is RedisError)
            try await client.ping()
        }
    }

    @Test func aCommandIsASpanWithoutItsKey() async throws {
        let recorder = SpanRecorder()
        try await recorder.record {
            try await withClient { client in
                try await CallContext().run(as: .server, "GET /", of: "cart-service", after: nil) { _ in
                    _ = try await client.send(["GET", "cart:ada@example.com"])
                    _ = await failure { try await client.send(["NONSENSE"]) }
                }
            }
        }
        let span = try #require(recorder["GET"])
        #expect(span.isChild(of: recorder["GET /"]) && span.status == nil)
        #expect(span.attribute("db.system.name") == "redis" && span.attribute("db.operation.name") == "GET")
        #expect(!"\(recorder.spans)".contains("ada@example.com"))
        #expect(recorder["NONSENSE"]?.attribute("error.type") == "RedisError")
    }

    @Test func concurrentCommandsShareWrites() async throws {
        try await withClient { client in
            try await client.ping()
            let before = try #require(try await client.number("total_reads_processed", in: "stats"))
            let replies = try await withThrowingTaskGroup(of: Int64?.self) { tasks in
                for _ in 0..<1_000 { tasks.addTask { try await client.send(["INCR", "n"]).integer } }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.compactMap(\.self).sorted() == Array(1...1_000))
            let after = try #require(try await client.number("total_reads_processed", in: "stats"))
            #expect(after - before < 500, "the server read \(after - before) times")
        }
    }

    @Test func eachCallerGetsItsOwnReply() async throws {
        try await withClient { client in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<1_000 {
                    tasks.addTask {
                        let reply = try await client.send(["ECHO", "\(number)"], safeToRepeat: true)
                        #expect(reply.text == "\(number)")
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }

    @Test func databasesAreApart() async throws {
        try await withRedis { server in
            let first = RedisClient(server.settings(), logger: .silent)
            let third = RedisClient(server.settings { $0.database = 3 }, logger: .silent)
            _ = try await third.send(["SET", "k", "third"])
            #expect(try await first.send(["GET", "k"]) == .null)
            #expect(try await third.send(["GET", "k"]).text == "third")
            first.close()
            third.close()
        }
    }

    @Test func aCancelledCallerReturnsAndAffectsNoOther() async throws {
        try await withRedis { server in
            let client = RedisClient(server.settings { $0.connections = 1 }, logger: .silent)
            let other = RedisClient(server.settings(), logger: .silent)
            await withTaskGroup(of: (any Error)?.self) { tasks in
                tasks.addTask { await failure { try await client.send(["BLPOP", "list", 1]) } }
                _ = await failure { try await other.untilBlocked(1) }
                tasks.cancelAll()
                for await error in tasks { #expect(error is CancellationError) }
            }
            _ = try await other.send(["LPUSH", "list", "x"])
            #expect(try await client.send(["INCR", "n"]) == .integer(1))
            client.close()
            other.close()
        }
    }

    @Test func aServerThatCannotServeIsAnOutage() async throws {
        try await withClient { client in
            _ = try await client.send(["CONFIG", "SET", "maxmemory", "1"])
            #expect(await failure { try await client.send(["SET", "k", "v"]) }.isUnavailable)
            _ = try await client.send(["CONFIG", "SET", "maxmemory", "0"])
            _ = try await client.send(["SET", "k", "v"])
        }
    }

    @Test func aScriptUnknownToTheServerIsSentAgain() async throws {
        try await withClient { client in
            let script = RedisScript("return {KEYS[1], ARGV[1]}")
            for _ in 0..<2 {
                let reply = try await client.run(script, keys: ["k"], ["a"])
                #expect(reply == .array([.string(Array("k".utf8)), .string(Array("a".utf8))]))
                _ = try await client.send(["SCRIPT", "FLUSH"])
            }
        }
    }

    @Test func aClosedClientRefuses() async throws {
        try await withClient { client in
            try await client.ping()
            client.close()
            #expect(await failure { try await client.ping() }.isUnavailable)
        }
    }
}
