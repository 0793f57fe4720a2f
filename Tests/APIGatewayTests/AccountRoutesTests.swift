import AuthContract
import HTTPTypes
import HummingbirdTesting
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
}
