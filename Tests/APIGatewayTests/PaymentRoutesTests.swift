import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing
import Web

/// The webhooks of payment providers.
@Suite struct PaymentRoutesTests {
    private struct Notification: Sendable {
        let provider: String
        let headers: [String: String]
        let body: [UInt8]
    }
    private let path = "/api/v1/payments/acme/webhook"

    @Test func theProviderGetsBodyAndHeadersAsTheyCame() async throws {
        let taken = Recorder<Notification>()
        let services = Services(onNotification: { taken.record(Notification(provider: $0, headers: $1, body: $2)) })
        let body = "{ \"id\":\t1 }, and no JSON"
        try await Shop(services).test { client in
            let headers = ["X-Signature": "t=1", "Cookie": "session=1", "Content-Type": "text/plain"]
            let response = try await client.send(.post, path, headers, json: body)
            #expect(response.status == .accepted)
        }
        let notification = try #require(taken.values.first)
        #expect(notification.provider == "acme")
        #expect(notification.body == Array(body.utf8))
        #expect(notification.headers["x-signature"] == "t=1" && notification.headers["content-type"] == "text/plain")
        #expect(notification.headers["cookie"] == nil)
    }

    @Test(arguments: [(65_536, HTTPResponse.Status.accepted), (65_537, .contentTooLarge)])
    func aBodyHasItsLimit(bytes: Int, expected: HTTPResponse.Status) async throws {
        try await Shop(Services(onNotification: { _, _, _ in })).test { client in
            let body = String(repeating: "a", count: bytes)
            let response = try await client.send(.post, path, json: body)
            #expect(response.status == expected)
        }
    }

    @Test func errorsOfTheProviderReachTheSender() async throws {
        let refusal = ServiceError(ErrorCode.notFound, "There is none.")
        try await Shop(Services(onNotification: { _, _, _ in throw refusal })).test { client in
            let response = try await client.send(.post, path, json: "{}")
            #expect(response.status == .notFound && response.code == "not_found")
        }
    }
}
