import KeyValue
import TestSupport
import Testing

@Suite struct KeyValueTests {
    @Test func parallelUpdatesLoseNothing() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let store = EmbeddedKeyValueStore(database: database)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<20 {
                    tasks.addTask {
                        try await store.update("k", lifetime: .seconds(60)) { bytes in
                            KeyValueChange(store: (bytes ?? []) + [UInt8(number)], result: ())
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            #expect(try await store.value("k")?.bytes.sorted() == Array(0..<20))
        }
    }

    @Test func valuesExpire() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let clock = TestClock()
            let store = EmbeddedKeyValueStore(database: database, clock: clock.clock)
            let created = try await store.set("k", to: [1], expecting: nil, lifetime: .seconds(10))
            #expect(created)
            #expect(try await store.set("k", to: [2], expecting: nil, lifetime: .seconds(10)) == false)
            clock.advance(by: .seconds(11))
            #expect(try await store.value("k") == nil)
            #expect(try await store.set("k", to: [3], expecting: nil, lifetime: .seconds(10)))
        }
    }

    @Test func whatIsMadeAlongsideIsMadeOnceOrNothingIsWritten() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let store = EmbeddedKeyValueStore(database: database)
            let answer = NewEntry(key: "answer", bytes: [7], lifetime: .seconds(60))
            let first = try await store.set(
                "a", to: [1], expecting: nil, lifetime: .seconds(60), creating: [answer])
            #expect(first)
            let second = try await store.set(
                "b", to: [2], expecting: nil, lifetime: .seconds(60), creating: [answer])
            #expect(!second)
            #expect(try await store.value("b") == nil)
            #expect(try await store.value("answer")?.bytes == [7])
        }
    }
}
