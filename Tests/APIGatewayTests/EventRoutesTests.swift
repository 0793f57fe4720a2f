import AnalyticsContract
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing
import Web

@Suite struct EventRoutesTests {
    @Test func theRateLimitCountsEveryEvent() async throws {
        var services = Services()
        services.onRecord = { _ in }
        let shop = try await Shop(
            services, rateLimit: RateLimitSettings(allowances: [.events: .init(perSecond: 0.01, burst: 3)]))
        let event = #"{"type":"page_viewed","occurred_at":"2026-11-23T10:00:00Z"}"#
        try await shop.test { client in
            let two = #"{"events":[\#(event),\#(event)]}"#
            #expect(try await client.send(.post, "/api/v1/events", json: two).status == .accepted)
            let refused = try await client.send(.post, "/api/v1/events", json: two)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] != nil)
        }
    }

    @Test func eventsWithoutASessionGetOne() async throws {
        let batches = Recorder<[BehaviourEvent]>()
        try await Shop(Services(onRecord: { batches.record($0) })).test { client in
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
