import AnalyticsContract
import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing
import Web

@Suite struct OrderRoutesTests {
    private let path = "/api/v1/carts/cart_01kb3v6q8hfj4r9m2t5w7x0yza/checkout"
    private let payment = #"{"payment": {"provider": "test", "token": "tok_success"}}"#

    @Test func anIdempotencyKeyIsRequiredFirst() async throws {
        try await Shop().test { client in
            for body in [payment, "{", nil] {
                let response = try await client.send(.post, path, json: body)
                #expect(response.status == .badRequest)
                #expect(response.code == "idempotency_key_required")
            }
            let odd = try await client.send(.post, path, ["Idempotency-Key": "two words"], json: payment)
            #expect(odd.status == .badRequest)
        }
    }

    @Test func aGuestsKeyBelongsToTheCartAndACustomersToTheCustomer() async throws {
        let keys = Recorder<IdempotencyKey>()
        let shop = try await Shop(
            Services(onPlace: { _, _ in
                if let key = CallContext.current.idempotency { keys.record(key) }
                return Outcome(order(), replayed: keys.values.count > 1)
            }))
        let token = try await shop.token()
        try await shop.test { client in
            let first = try await client.send(.post, path, ["Idempotency-Key": "k1"], json: payment)
            #expect(first.status == .created)
            #expect(first.headers[try #require(HTTPField.Name("Idempotent-Replayed"))] == nil)
            let again = try await client.send(.post, path, ["Idempotency-Key": "k1"], json: payment)
            #expect(again.status == .created)
            #expect(again.headers[try #require(HTTPField.Name("Idempotent-Replayed"))] == "true")
            _ = try await client.send(
                .post, path, ["Idempotency-Key": "k1", "Authorization": "Bearer \(token)"],
                json: #"{"payment": {"provider": "test", "token": "tok_declined"}}"#)
        }
        #expect(keys.values.map(\.key) == ["k1", "k1", "k1"])
        #expect(keys.values[0] == keys.values[1])
        #expect(keys.values[0].caller == "cart:cart_01kb3v6q8hfj4r9m2t5w7x0yza")
        #expect(keys.values[2].caller.hasPrefix("cus_"))
        #expect(keys.values[2].requestHash != keys.values[0].requestHash)
    }
}
