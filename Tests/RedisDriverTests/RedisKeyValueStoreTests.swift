import KeyValue
import RedisDriver
import ServiceKit
import Testing

/// What is specific to Redis; the guarantees of every store are in `KeyValueStoreConformanceTests`.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct RedisKeyValueStoreTests {
    @Test func twoHundredConcurrentChangesLoseNothing() async throws {
        try await withClient { client in
            let store = RedisKeyValueStore(client)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<200 {
                    tasks.addTask {
                        while true {
                            do {
                                return try await store.update("k", lifetime: .seconds(60)) { bytes in
                                    KeyValueChange(
                                        store: (bytes ?? []) + [UInt8(number)],
                                        creating: [NewEntry(key: "\(number)", bytes: [1], lifetime: .seconds(60))],
                                        result: ())
                                }
                            } catch let error as ServiceError where error.kind == .conflict {}  // Busy: tries again.
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            #expect(try await store.value("k")?.bytes.sorted() == Array(0..<200))
            #expect(try await client.send(["DBSIZE"]) == .integer(201))
        }
    }

    @Test func everyEntryHasItsTimeToLive() async throws {
        try await withClient { client in
            let store = RedisKeyValueStore(client, prefix: "cart:")
            let alongside = NewEntry(key: "response", bytes: [2], lifetime: .seconds(3_600))
            _ = try await store.set("k", to: [1], expecting: nil, lifetime: .seconds(60), creating: [alongside])
            let first = try #require(try await client.send(["PTTL", "cart:k"]).integer)
            let second = try #require(try await client.send(["PTTL", "cart:response"]).integer)
            #expect((50_000...60_000).contains(first) && (3_590_000...3_600_000).contains(second))
        }
    }

    @Test func aSuccessorIsNotOverwrittenByAWriterOfTheRemovedDocument() async throws {
        try await withClient { client in
            let store = RedisKeyValueStore(client)
            _ = try await store.set("k", to: [1], expecting: nil, lifetime: .seconds(60))
            let read = try #require(try await store.value("k"))
            try await store.remove("k")
            _ = try await store.set("k", to: [2], expecting: nil, lifetime: .seconds(60))
            let written = try await store.set("k", to: [3], expecting: read.version, lifetime: .seconds(60))
            #expect(!written)
            #expect(try await store.value("k")?.bytes == [2])
        }
    }

    @Test func acknowledgedWritesSurviveACrash() async throws {
        try await withRedis { server in
            let client = RedisClient(server.settings(), logger: .silent)
            let store = RedisKeyValueStore(client)
            _ = try await store.set("k", to: [1], expecting: nil, lifetime: .seconds(60))
            let before = try await store.value("k")
            await server.kill()
            try await server.start()
            try await client.untilAvailable()
            #expect(try await store.value("k") == before)
            // The server no longer has the script.
            #expect(try await store.set("k", to: [2], expecting: before?.version, lifetime: .seconds(60)))
            client.close()
        }
    }

    @Test func anEntryOfAnotherProgramIsAnError() async throws {
        try await withClient { client in
            _ = try await client.send(["SET", "k", "of another program"])
            #expect(await failure { try await RedisKeyValueStore(client).value("k") } is RedisError)
        }
    }
}
