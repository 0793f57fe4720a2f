import AuthContract
import AuthService
import Commerce
import Logging
import ServiceKit
import TestSupport
import Testing

/// Concurrent requests, also of several processes on one database.
@Suite struct ConcurrencyTests {
    @Test func allProcessesSignWithTheSameFirstKey() async throws {
        try await withAuth { auth in
            let sets = try await withThrowingTaskGroup(of: String.self) { tasks in
                for _ in 0..<8 {
                    let process = AuthService(
                        database: auth.database, log: auth.log, clock: auth.clock.clock, logger: Logger(label: "test"))
                    tasks.addTask { try await process.jsonWebKeySet() }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(sets).count == 1)
            #expect(sets.first?.ranges(of: "\"kid\"").count == 1)
        }
    }

    @Test func aRegistrationSentTwiceAtOnceMakesOneAccount() async throws {
        try await withAuth { auth in
            let service = auth.service
            let key = IdempotencyKey(caller: "anonymous", key: "k", requestHash: "")
            let wanted = Registration(email: "ada@example.com", password: AuthFixture.password, name: "Ada")
            let outcomes = try await withThrowingTaskGroup(of: Outcome<SignIn>.self) { tasks in
                for _ in 0..<8 {
                    tasks.addTask {
                        try await CallContext(idempotency: key).run { try await service.register(wanted) }
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(outcomes.map(\.value.customer.id)).count == 1)
            #expect(outcomes.filter { !$0.replayed }.count == 1)
        }
    }

    /// Many guesses are sent at once: password changes are limited as log-ins are.
    @Test func concurrentGuessesAtAPasswordChangeAreCounted() async throws {
        try await withAuth { auth in
            let (service, id) = (auth.service, try await auth.register().customer.id)
            let codes = await withTaskGroup(of: String?.self) { tasks in
                for number in 0..<30 {
                    let change = PasswordChange(
                        current: "wrong password \(number)", new: "another horse battery", refreshToken: nil)
                    tasks.addTask {
                        await code { try await calling(as: .customer(id)) { try await service.changePassword(change) } }
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == "invalid_request" }.count == 5)
            #expect(codes.filter { $0 == "too_many_logins" }.count == 25)
        }
    }

    @Test func noSessionOfTheOldPasswordOutlivesIt() async throws {
        try await withAuth { auth in
            let (service, id) = (auth.service, try await auth.register().customer.id)
            let signIns = try await withThrowingTaskGroup(of: SignIn?.self) { tasks in
                for number in 0..<16 {
                    tasks.addTask {
                        try? await service.logIn(email: "ada@example.com", password: AuthFixture.password)
                    }
                    guard number == 8 else { continue }
                    tasks.addTask {
                        let change = PasswordChange(
                            current: AuthFixture.password, new: "another horse battery", refreshToken: nil)
                        try await calling(as: .customer(id)) { try await service.changePassword(change) }
                        return nil
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            for signIn in signIns.compactMap(\.self) {
                let answer = await code { try await service.refresh(signIn.refreshToken) }
                #expect(answer == "invalid_refresh_token")
            }
        }
    }
}
