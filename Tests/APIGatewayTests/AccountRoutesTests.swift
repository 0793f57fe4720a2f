import AuthContract
import HTTPTypes
import HummingbirdTesting
import ServiceKit
import Testing

@Suite struct AccountRoutesTests {
    @Test func customersChangeTheirPassword() async throws {
        let changes = Recorder<PasswordChange>()
        var services = Services()
        services.onChangePassword = { changes.record($0) }
        let shop = try await Shop(services)
        let token = try await shop.token()
        let body = #"{"current_password":"old one","new_password":"new one","refresh_token":"mrt_x"}"#
        try await shop.test { client in
            let path = "/api/v1/auth/password"
            #expect(try await client.send(.post, path, json: body).status == .unauthorized)
            let answer = try await client.send(.post, path, ["Authorization": "Bearer \(token)"], json: body)
            #expect(answer.status == .noContent)
        }
        #expect(changes.values.map(\.current) == ["old one"])
        #expect(changes.values.map(\.new) == ["new one"])
        #expect(changes.values.map(\.refreshToken) == ["mrt_x"])
    }

    /// Services store who a key belongs to: a guest is a digest of network and browser, the same in every replica.
    @Test func aGuestsKeyDoesNotNameTheNetwork() async throws {
        let keys = Recorder<IdempotencyKey>()
        var services = Services()
        services.onRegister = {
            if let key = CallContext.current.idempotency { keys.record(key) }
            throw ServiceError(.conflict, code: "email_taken", "There is an account with this address.")
        }
        let guests = [("192.0.2.1", "a"), ("192.0.2.1", "a"), ("192.0.2.1", "b"), ("192.0.2.2", "a")]
        for digestKey in [1, 1, 2] as [UInt8] {
            try await Shop(services, digestKey: digestKey).test { client in
                for (network, browser) in guests {
                    let answer = try await client.send(
                        .post, "/api/v1/auth/register",
                        ["Idempotency-Key": "k1", "X-Forwarded-For": network, "User-Agent": browser],
                        json: #"{"email":"ada@example.com","password":"long enough","name":"Ada"}"#)
                    #expect(answer.status == .conflict)
                }
            }
        }
        let callers = keys.values.map(\.caller)
        try #require(callers.count == 12)
        #expect(callers[0] == callers[1] && Set(callers[0..<4]).count == 3)
        #expect(callers[0..<4] == callers[4..<8])
        #expect(Set(callers[0..<4]).isDisjoint(with: callers[8...]))
        for caller in callers {
            #expect(caller.hasPrefix("guest:") && caller.count == "guest:".count + 32 && !caller.contains("192.0.2"))
        }
    }
}
