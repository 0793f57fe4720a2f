import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The span of a request.
@Suite struct RequestTraceTests {
    private let recorder = SpanRecorder()

    private func serving(_ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        struct Broken: Error {}
        try await recorder.record {
            try await withServer { router in
                router.get("/things/{id}") { _, _ in Response(status: .ok) }
                router.get("/missing") { _, _ in throw ServiceError.unauthenticated }
                router.get("/broken") { _, _ in throw Broken() }
            } test: { client in
                try await test(client)
            }
        }
    }

    @Test func itIsNamedByTheTemplateOfItsRoute() async throws {
        try await serving { client in
            try await client.execute(uri: "/things/ada@example.com?token=secret", method: .get) { _ in }
        }
        let span = try #require(recorder["GET /things/{id}"])
        #expect(span.service == "test" && span.parentSpanID == nil && span.status == nil)
        #expect(span.attribute("http.route") == "/things/{id}" && span.attribute("http.request.method") == "GET")
        #expect(span.attribute("http.response.status_code") == "200")
        #expect(!"\(span)".contains("ada@example.com") && !"\(span)".contains("secret"))
    }

    @Test func onlyTheServersOwnFailuresAreItsSpans() async throws {
        try await serving { client in
            for path in ["/missing", "/broken", "/nowhere"] {
                try await client.execute(uri: path, method: .get) { _ in }
            }
        }
        #expect(recorder["GET /missing"]?.status == nil)
        #expect(recorder["GET /missing"]?.attribute("http.response.status_code") == "401")
        #expect(recorder["GET /broken"]?.attribute("error.type") == "500")
        #expect(recorder["GET /broken"]?.status != nil)
        #expect(recorder["GET"]?.attribute("http.response.status_code") == "404", "no route, so no route in the name")
    }

    @Test func itContinuesTheTraceOfTheRequest() async throws {
        let traceparent = try #require(HTTPField.Name("traceparent"))
        let tracestate = try #require(HTTPField.Name("tracestate"))
        try await serving { client in
            let headers: HTTPFields = [
                traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", tracestate: "vendor=1",
            ]
            try await client.execute(uri: "/things/1", method: .get, headers: headers) { response in
                #expect(response.header("x-request-id") == "4bf92f3577b34da6a3ce929d0e0e4736")
                #expect(response.header("traceresponse")?.hasSuffix("-01") == true)
            }
        }
        let span = try #require(recorder["GET /things/{id}"])
        #expect(span.trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && span.parentSpanID == "00f067aa0ba902b7")
        #expect(span.trace.state == "vendor=1")
    }
}
