import AnalyticsContract
import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing
import Web

@Suite struct CheckoutTests {
    private let path = "/api/v1/carts/cart_01kb3v6q8hfj4r9m2t5w7x0yza/checkout"
    private let payment = #"{"payment": {"provider": "test", "token": "tok_success"}}"#

    @Test func aKeyIsAskedForFirst() async throws {
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
                if let key = CallContext.current.idempotency { keys.note(key) }
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

    @Test func visitorsWithoutASessionGetOne() async throws {
        let batches = Recorder<[BehaviourEvent]>()
        try await Shop(Services(onRecord: { batches.note($0) })).test { client in
            let body = #"""
                {"events": [{"type": "searched", "occurred_at": "2026-11-23T10:00:00Z",
                             "properties": {"query_length": 5}},
                            {"type": "page_viewed", "occurred_at": "2026-11-23T10:00:01Z", "session_id": "mine-0001"}]}
                """#
            let response = try await client.send(.post, "/api/v1/events", ["User-Agent": "a"], json: body)
            #expect(response.status == .accepted)
            #expect(response.json?["accepted"] == .int(2))
            _ = try await client.send(.post, "/api/v1/events", ["User-Agent": "a"], json: body)
            _ = try await client.send(.post, "/api/v1/events", ["User-Agent": "b"], json: body)
            #expect(try await client.send(.post, "/api/v1/events", json: #"{"events": []}"#).status.code == 422)
        }
        let sessions = batches.values.map { $0.map(\.sessionID) }
        #expect(sessions.map { $0[1] } == ["mine-0001", "mine-0001", "mine-0001"])
        #expect(sessions[0][0] == sessions[1][0])
        #expect(sessions[0][0] != sessions[2][0])
        #expect(batches.values[0][0].properties == ["query_length": "5"])
    }
}
