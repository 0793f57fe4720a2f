import AuthContract
import AuthService
import Commerce
import Logging
import SQL
import ServiceKit
import TestSupport
import Testing

/// Guesses are limited without locking out the owner of the account.
@Suite struct LoginThrottleTests {
    private static let email = "ada@example.com"

    @Test func guessesFromUnknownNetworksNeverDelayTheOwnerInAKnownOne() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "198.51.100.7")
            await attack(auth, networks: 0..<200, times: 1)
            #expect(await auth.logIn(from: "198.51.100.7") == nil)
            // Another address of the same network.
            #expect(await auth.logIn(from: "198.51.100.99") == nil)
            #expect(await auth.logIn(from: "203.0.113.1")?.code == "too_many_logins")
        }
    }

    @Test func knownIPv6NetworksHave48Bits() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "2001:db8:5:1::/64")
            await attack(auth, networks: 0..<60, times: 1)
            #expect(await auth.logIn(from: "2001:db8:5:77::/64") == nil)
            #expect(await auth.logIn(from: "2001:db8:6:1::/64")?.code == "too_many_logins")
        }
    }

    /// The known client itself is not delayed by others in its network.
    @Test func aKnownNetworkHasALimitOfItsOwn() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "198.51.100.7")
            var failures = 0
            for host in 20..<60 {
                let error = await auth.logIn("wrong password", from: "198.51.100.\(host)")
                failures += error?.code == "invalid_credentials" ? 1 : 0
            }
            #expect(failures == 30)
            #expect(await auth.logIn(from: "198.51.100.99")?.code == "too_many_logins")
            #expect(await auth.logIn(from: "198.51.100.7") == nil)
        }
    }

    @Test func eachFurtherFailureDoublesTheWait() async throws {
        try await withAuth { auth in
            for _ in 0..<5 { _ = await auth.logIn("wrong password", from: "192.0.2.1") }
            for seconds in [60, 120, 240, 480] {
                let error = await auth.logIn("wrong password", from: "192.0.2.1")
                #expect(error?.code == "too_many_logins" && error?.retryAfter == .seconds(seconds))
                auth.clock.advance(by: .seconds(seconds - 1))
                #expect(await auth.logIn("wrong password", from: "192.0.2.1")?.retryAfter == .seconds(1))
                // The first five failures count until the last of these waits is over.
                auth.clock.advance(by: .seconds(1))
                guard seconds < 480 else { continue }
                #expect(await auth.logIn("wrong password", from: "192.0.2.1")?.code == "invalid_credentials")
            }
        }
    }

    /// Any number of networks together get fifty attempts, and then one each fifteen seconds.
    @Test func guessesFromManyNetworksAreLimitedPerAccount() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "198.51.100.7")
            var failures = await attack(auth, networks: 0..<80, times: 1)
            #expect(failures == 50)
            for _ in 0..<20 {
                auth.clock.advance(by: .seconds(15))
                failures += await attack(auth, networks: 0..<80, times: 1)
            }
            #expect(failures <= 50 + 20)
            #expect(failures >= 50 + 15)
        }
    }

    /// In an unknown network the owner is queued, and gets a turn although guesses take all others.
    @Test func theOwnerGetsATurnInAnUnknownNetwork() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "198.51.100.7")
            await attack(auth, networks: 0..<30, times: 3)
            let wait = try #require(await auth.logIn(from: "203.0.113.1")?.retryAfter)
            #expect(wait <= .seconds(15 * 31))
            var waited = Duration.zero
            while waited < wait {
                auth.clock.advance(by: .seconds(15))
                waited += .seconds(15)
                await attack(auth, networks: 0..<30, times: 1)
            }
            #expect(await auth.logIn(from: "203.0.113.1") == nil)
            // The network is known from now on.
            #expect(await auth.logIn(from: "203.0.113.1") == nil)
        }
    }

    @Test func aTurnAllowsOneAttempt() async throws {
        try await withAuth { auth in
            await attack(auth, networks: 0..<50, times: 1)
            #expect(await auth.logIn("wrong password", from: "203.0.113.1")?.retryAfter == .seconds(15))
            auth.clock.advance(by: .seconds(15))
            let codes = await withTaskGroup(of: String?.self) { tasks in
                for host in 1...30 {
                    tasks.addTask { await auth.logIn("wrong password", from: "203.0.113.\(host)")?.code }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == "invalid_credentials" }.count == 1)
            #expect(codes.filter { $0 == "too_many_logins" }.count == 29)
        }
    }

    /// The limit is the same for concurrent and for consecutive guesses.
    @Test func concurrentGuessesFromManyNetworksAreCounted() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "198.51.100.7")
            let failures = await withTaskGroup(of: Int.self) { tasks in
                for number in 0..<8 {
                    tasks.addTask { await attack(auth, networks: number * 10..<number * 10 + 10, times: 1) }
                }
                return await tasks.reduce(0, +)
            }
            #expect(failures == 50)
        }
    }

    @Test func guessesAtManyAccountsAreLimitedPerNetwork() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "192.0.2.200")
            _ = try await auth.register("eve@example.com", from: "203.0.113.1")
            var codes: [String?] = []
            for number in 0..<210 {
                let error = await auth.logIn(
                    "wrong password", as: "c\(number)@example.com", from: "192.0.2.\(number % 100)")
                codes.append(error?.code)
            }
            #expect(codes.filter { $0 == "invalid_credentials" }.count == 200)
            #expect(codes.suffix(10).allSatisfy { $0 == "too_many_logins" })
            #expect(await auth.logIn(as: "eve@example.com", from: "192.0.2.200")?.code == "too_many_logins")
            #expect(await auth.logIn(from: "192.0.2.200") == nil)
            #expect(await auth.logIn(as: "eve@example.com", from: "203.0.113.1") == nil)
            auth.clock.advance(by: .seconds(900))
            #expect(await auth.logIn(as: "eve@example.com", from: "192.0.2.200") == nil)
        }
    }

    @Test func guessesDoNotPreventAPasswordChange() async throws {
        try await withAuth { auth in
            let ada = try await auth.register(from: "198.51.100.7").customer
            await attack(auth, networks: 0..<60, times: 1)
            var context = CallContext(clientNetwork: "203.0.113.1")
            context.principal = .customer(ada.id)
            try await context.run {
                try await auth.service.changePassword(
                    PasswordChange(current: AuthFixture.password, new: "another horse battery", refreshToken: nil))
            }
        }
    }

    @Test func knownNetworksAreFewDigestedAndExpire() async throws {
        try await withAuth { auth in
            _ = try await auth.register(from: "198.51.100.7")
            for number in 0..<30 {
                auth.clock.advance(by: .seconds(1))
                #expect(await auth.logIn(from: Self.unknownNetwork(number)) == nil)
            }
            let rows = try await auth.database.read { tx in try tx.query("SELECT * FROM known_places") }
            #expect(rows.count == 20)
            for row in rows {
                for column in ["client_digest", "network_digest"] {
                    let digest = try row.string(column)
                    #expect(digest.count == 64 && digest.allSatisfy(\.isHexDigit))
                }
            }
            auth.clock.advance(by: .seconds(90 * 86_400))
            await attack(auth, networks: 100..<150, times: 1)
            #expect(await auth.logIn(from: Self.unknownNetwork(29))?.code == "too_many_logins")
        }
    }

    @Test func failuresStoredByAnEarlierVersionStillCount() async throws {
        try await withEventLog { log in
            try await withDatabase(Array(AuthService.migrations.dropLast())) { database in
                let clock = TestClock()
                let now = clock.clock.now()
                _ = try await database.write { tx in
                    try tx.execute(
                        """
                        INSERT INTO login_failures (email_digest, source_digest, failed_at) VALUES ('e', 's', \(now))
                        """)
                }
                try await database.migrate(AuthService.migrations)
                let rows = try await database.read { tx in try tx.query("SELECT * FROM login_failures") }
                #expect(try rows.map { try $0.string("network_digest") } == [""])
                let service = AuthService(
                    database: database, log: log, clock: clock.clock, logger: Logger(label: "test"))
                _ = try await service.register(
                    Registration(email: Self.email, password: AuthFixture.password, name: "Ada"))
            }
        }
    }

    /// An address in a network of its own.
    private static func unknownNetwork(_ number: Int) -> String { "10.\(number / 200).\(number % 200).1" }

    /// - Returns: How many guesses were admitted.
    @discardableResult
    private func attack(_ auth: AuthFixture, networks: Range<Int>, times: Int) async -> Int {
        var admitted = 0
        for _ in 0..<times {
            for number in networks {
                let error = await auth.logIn("wrong password", from: Self.unknownNetwork(number))
                admitted += error?.code == "invalid_credentials" ? 1 : 0
            }
        }
        return admitted
    }
}

extension AuthFixture {
    fileprivate func register(_ email: String = "ada@example.com", from client: String) async throws -> SignIn {
        try await CallContext(clientNetwork: client).run { try await register(email) }
    }

    /// - Returns: Why it was refused; nil when it was not.
    fileprivate func logIn(
        _ password: String = AuthFixture.password, as email: String = "ada@example.com", from client: String
    ) async -> ServiceError? {
        do {
            _ = try await CallContext(clientNetwork: client).run {
                try await service.logIn(email: email, password: password)
            }
            return nil
        } catch {
            return error as? ServiceError ?? ServiceError.unexpected
        }
    }
}
