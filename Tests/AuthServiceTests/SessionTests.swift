import AuthContract
import AuthService
import Commerce
import EventContract
import EventLog
import Identity
import Logging
import ServiceKit
import TestSupport
import Testing

@Suite struct SessionTests {
    @Test func aLogInReturnsTokensOfTheCustomer() async throws {
        try await withAuth { auth in
            let registered = try await auth.register()
            let signIn = try await auth.service.logIn(email: "ADA@example.com", password: AuthFixture.password)
            #expect(signIn.customer == registered.customer)
            #expect(try await auth.verifier.verify(signIn.accessToken) == .customer(signIn.customer.id))
            #expect(try await auth.events() == ["AccountRegistered", "AccountLoggedIn"])
        }
    }

    @Test(arguments: ["ada@example.com", "nobody@example.com", "not an address"])
    func wrongCredentialsLookTheSame(email: String) async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            let failure = await code { try await auth.service.logIn(email: email, password: "wrong password") }
            #expect(failure == "invalid_credentials")
            #expect(try await auth.events() == ["AccountRegistered", "AccountLoginFailed"])
        }
    }

    @Test func refreshTokensRotate() async throws {
        try await withAuth { auth in
            var current = try await auth.register()
            for _ in 0..<3 {
                auth.clock.advance(by: .seconds(1_000))
                let next = try await auth.service.refresh(current.refreshToken)
                #expect(next.refreshToken != current.refreshToken)
                #expect(try await auth.verifier.verify(next.accessToken) == .customer(current.customer.id))
                current = next
            }
        }
    }

    @Test func aReusedRefreshTokenEndsItsFamilyAndNoOther() async throws {
        try await withAuth { auth in
            let stolen = try await auth.register()
            let elsewhere = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            let rightful = try await auth.service.refresh(stolen.refreshToken)
            #expect(await code { try await auth.service.refresh(stolen.refreshToken) } == "refresh_token_reused")
            #expect(await code { try await auth.service.refresh(rightful.refreshToken) } == "invalid_refresh_token")
            #expect(await code { try await auth.service.refresh(stolen.refreshToken) } == "refresh_token_reused")
            _ = try await auth.service.refresh(elsewhere.refreshToken)
            let events = try await auth.events()
            #expect(events.filter { $0 == "AccountSessionsRevoked" }.count == 1)
        }
    }

    @Test func oneOfManyConcurrentRefreshesSucceeds() async throws {
        try await withAuth { auth in
            let (service, token) = (auth.service, try await auth.register().refreshToken)
            let codes = await withTaskGroup(of: String?.self) { tasks in
                for _ in 0..<8 { tasks.addTask { await code { try await service.refresh(token) } } }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.compactMap(\.self).allSatisfy { $0 == "refresh_token_reused" })
        }
    }

    @Test func refreshTokensEndAfterThirtyDays() async throws {
        try await withAuth { auth in
            let signIn = try await auth.register()
            auth.clock.advance(by: .seconds(30 * 86_400))
            #expect(await code { try await auth.service.refresh(signIn.refreshToken) } == "invalid_refresh_token")
        }
    }

    @Test(arguments: ["", "mrt_", "mrt_0000000000000000000000000000000000000000000", "'; DROP TABLE sessions"])
    func unknownRefreshTokensAreRefusedAndIgnoredAtLogOut(token: String) async throws {
        try await withAuth { auth in
            #expect(await code { try await auth.service.refresh(token) } == "invalid_refresh_token")
            try await auth.service.logOut(refreshToken: token)
        }
    }

    @Test func loggingOutEndsTheSession() async throws {
        try await withAuth { auth in
            let signIn = try await auth.register()
            try await auth.service.logOut(refreshToken: signIn.refreshToken)
            try await auth.service.logOut(refreshToken: signIn.refreshToken)
            #expect(await code { try await auth.service.refresh(signIn.refreshToken) } == "invalid_refresh_token")
            #expect(try await auth.events() == ["AccountRegistered", "AccountLoggedOut"])
        }
    }

    @Test(arguments: ["ada@example.com", "nobody@example.com"])
    func fiveFailuresMakeAClientWait(email: String) async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            let service = auth.service
            for _ in 0..<5 {
                #expect(
                    await code { try await service.logIn(email: email, password: "wrong password") }
                        == "invalid_credentials")
            }
            let error = await #expect(throws: ServiceError.self) {
                try await service.logIn(email: email, password: AuthFixture.password)
            }
            #expect(error?.kind == .tooManyRequests)
            #expect(error?.retryAfter == .seconds(60))
            #expect(error?.message == "Too many failed attempts. Try again in 1 minute.")
            auth.clock.advance(by: .seconds(60))
            let expected = email.hasPrefix("ada") ? nil : "invalid_credentials"
            #expect(await code { try await service.logIn(email: email, password: AuthFixture.password) } == expected)
        }
    }

    @Test func eventsIdentifyAnAddressByAKeyedDigest() async throws {
        try await withAuth { auth in
            _ = await code { try await auth.service.logIn(email: "ada@example.com", password: "wrong password") }
            _ = await code { try await auth.service.logIn(email: "ADA@example.com", password: "wrong password") }
            try await OutboxRelay(of: "test", database: auth.database, log: auth.log, logger: Logger(label: "test"))
                .relayOnce()
            let digests = try await auth.log.poll(group: "test", topic: .accounts, limit: 10, wait: .zero)
                .compactMap { try $0.event.payload(AccountLoginFailed.self)?.emailDigest }
            #expect(digests.count == 2 && Set(digests).count == 1)
            // printf ada@example.com | sha256sum
            #expect(digests.first != "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72")
            #expect(digests.first?.count == 64)
        }
    }

    @Test func concurrentGuessesAreCounted() async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            let service = auth.service
            let codes = await withTaskGroup(of: String?.self) { tasks in
                for _ in 0..<30 {
                    tasks.addTask {
                        await code { try await service.logIn(email: "ada@example.com", password: "wrong password") }
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == "invalid_credentials" }.count == 5)
            #expect(codes.filter { $0 == "too_many_logins" }.count == 25)
        }
    }

    @Test func aSuccessClearsTheFailuresOfTheClient() async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            for _ in 0..<3 {
                for _ in 0..<4 {
                    _ = await code { try await auth.service.logIn(email: "ada@example.com", password: "no no no") }
                }
                _ = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            }
        }
    }

    @Test func aKeyRotationBreaksNoTokens() async throws {
        try await withAuth { auth in
            let (verifier, before) = (auth.verifier, try await auth.register())
            _ = try await verifier.verify(before.accessToken)
            try await auth.service.rotateSigningKey(by: "operator:test")
            auth.clock.advance(by: .seconds(660))
            let after = try await auth.service.refresh(before.refreshToken)
            #expect(after.accessToken.split(separator: ".")[0] != before.accessToken.split(separator: ".")[0])
            #expect(try await verifier.verify(after.accessToken) == .customer(after.customer.id))
            #expect(try await auth.verifier.verify(before.accessToken) == .customer(after.customer.id))
        }
    }

    /// Tokens of a withdrawn key are refused; the sessions continue.
    @Test func tokensOfWithdrawnSigningKeysAreRefused() async throws {
        try await withAuth { auth in
            let before = try await auth.register()
            try await auth.service.rotateSigningKey(by: "operator:test")
            _ = try await auth.verifier.verify(before.accessToken)
            try await auth.service.withdrawSigningKeys(by: "operator:test")
            try await auth.verifier.refreshKeys()
            #expect(await code { try await auth.verifier.verify(before.accessToken) } == "invalid_token")
            let after = try await auth.service.refresh(before.refreshToken)
            #expect(try await auth.verifier.verify(after.accessToken) == .customer(after.customer.id))
            let set = try await JSONWebKeySet(json: auth.service.jsonWebKeySet())
            #expect(set.keys.count == 1)
        }
    }
}
