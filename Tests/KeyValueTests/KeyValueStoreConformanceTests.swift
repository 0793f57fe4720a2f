import KeyValue
import Testing

/// What every key-value store guarantees.
@Suite struct KeyValueStoreConformanceTests {
    private let minute = Duration.seconds(60)

    @Test(arguments: StoreKind.allCases) func valuesComeBackAsTheyWent(_ kind: StoreKind) async throws {
        try await kind.withStore { store, _ in
            #expect(try await store.value("k") == nil)
            for bytes in [[], Array("12:34".utf8), (0...255).map(UInt8.init)] {
                let version = try await store.value("k")?.version
                #expect(try await store.set("k", to: bytes, expecting: version, lifetime: minute))
                #expect(try await store.value("k")?.bytes == bytes)
            }
            try await store.remove("k")
            try await store.remove("k")
            #expect(try await store.value("k") == nil)
        }
    }

    @Test(arguments: StoreKind.allCases) func onlyTheExpectedVersionIsReplaced(_ kind: StoreKind) async throws {
        try await kind.withStore { store, _ in
            #expect(try await store.set("k", to: [0], expecting: 7, lifetime: minute) == false)
            #expect(try await store.value("k") == nil)
            #expect(try await store.set("k", to: [1], expecting: nil, lifetime: minute))
            #expect(try await store.set("k", to: [2], expecting: nil, lifetime: minute) == false)
            let first = try #require(try await store.value("k"))
            #expect(try await store.set("k", to: [3], expecting: first.version, lifetime: minute))
            #expect(try await store.set("k", to: [4], expecting: first.version, lifetime: minute) == false)
            let second = try #require(try await store.value("k"))
            #expect(second.bytes == [3] && second.version > first.version)
        }
    }

    @Test(arguments: StoreKind.allCases) func parallelUpdatesLoseNothing(_ kind: StoreKind) async throws {
        try await kind.withStore { store, _ in
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

    @Test(arguments: StoreKind.allCases) func valuesExpire(_ kind: StoreKind) async throws {
        try await kind.withStore { store, letPass in
            let short = Duration.milliseconds(100)
            #expect(try await store.set("k", to: [0], expecting: nil, lifetime: minute))
            let version = try #require(try await store.value("k")).version
            let response = NewEntry(key: "response", bytes: [7], lifetime: short)
            #expect(try await store.set("k", to: [1], expecting: version, lifetime: short, creating: [response]))
            try await letPass(.milliseconds(101))
            #expect(try await store.value("k") == nil)
            #expect(try await store.value("response") == nil)
            #expect(try await store.set("k", to: [2], expecting: version + 1, lifetime: minute) == false)
            #expect(try await store.set("k", to: [3], expecting: nil, lifetime: minute))
            #expect(try await store.value("k")?.bytes == [3])
        }
    }

    @Test(arguments: StoreKind.allCases) func aChangeRestartsTheLifetime(_ kind: StoreKind) async throws {
        try await kind.withStore { store, letPass in
            #expect(try await store.set("k", to: [1], expecting: nil, lifetime: .seconds(1)))
            let version = try #require(try await store.value("k")).version
            #expect(try await store.set("k", to: [2], expecting: version, lifetime: minute))
            try await letPass(.milliseconds(1_001))
            #expect(try await store.value("k")?.bytes == [2])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func additionalEntriesAreCreatedOnceOrNothingIsWritten(_ kind: StoreKind) async throws {
        try await kind.withStore { store, _ in
            let response = NewEntry(key: "response", bytes: [7], lifetime: minute)
            let other = NewEntry(key: "other", bytes: [8], lifetime: minute)
            #expect(try await store.set("a", to: [1], expecting: nil, lifetime: minute, creating: [response]))
            let second = try await store.set(
                "b", to: [2], expecting: nil, lifetime: minute, creating: [other, response])
            #expect(!second)
            #expect(try await store.value("b") == nil)
            #expect(try await store.value("other") == nil)
            #expect(try await store.value("response")?.bytes == [7])
        }
    }

    @Test(arguments: StoreKind.allCases) func nothingIsCreatedTwice(_ kind: StoreKind) async throws {
        try await kind.withStore { store, _ in
            let same = NewEntry(key: "k", bytes: [2], lifetime: minute)
            let written = try await store.set("k", to: [1], expecting: nil, lifetime: minute, creating: [same])
            #expect(!written)
            #expect(try await store.value("k") == nil)
        }
    }
}
