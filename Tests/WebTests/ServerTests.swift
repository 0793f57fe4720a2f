import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Observability
import ServiceKit
import TestSupport
import Testing

@testable import Web

@Suite struct ServerTests {
    private struct Secret: Error { let cause = "password=hunter2" }

    @Test func `errors are problems with their status and code`() async throws {
        let failure = ServiceError(
            .unavailable, code: "unavailable", "Later.", fields: [], retryAfter: .milliseconds(1_500))
        try await withServer { router in
            router.get("/later") { _, _ in throw failure }
            router.get("/invalid") { _, _ in
                throw ServiceError.invalid("email", code: FieldCode.required, "must be given")
            }
        } test: { client in
            try await client.execute(uri: "/later", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(response.header("retry-after") == "2")
                #expect(response.header("content-type") == "application/problem+json")
                let problem = try response.problem
                #expect(problem.status == 503)
                #expect(problem.title == "Service Unavailable")
                #expect(problem.code == "unavailable")
                #expect(problem.request_id == response.header("x-request-id"))
                #expect(problem.errors == nil)
            }
            try await client.execute(uri: "/invalid", method: .get) { response in
                #expect(response.status.code == 422)
                try #expect(response.problem.errors?.first?.field == "email")
            }
        }
    }

    @Test func `an unexpected error is a 500 without the cause, which is logged`() async throws {
        let logs = LogLines()
        try await withServer(logs: logs) { router in
            router.get("/boom") { _, _ in throw Secret() }
        } test: { client in
            try await client.execute(uri: "/boom", method: .get) { response in
                #expect(response.status == .internalServerError)
                try #expect(response.problem.code == "internal_error")
                #expect(!String(buffer: response.body).contains("hunter2"))
            }
        }
        let line = try #require(logs.all.first { $0.contains(#""level":"error""#) })
        #expect(line.contains("hunter2"))
        #expect(line.contains(#""trace_id""#))
    }

    @Test func `wrong methods are 405 with Allow, unknown paths 404, HEAD is GET without body`() async throws {
        try await withServer { router in
            router.get("/api/v1/products/{id}") { _, context in try jsonResponse(["id": context.parameter("id")]) }
            router.patch("/api/v1/products/{id}") { _, _ in Response(status: .noContent) }
            #expect(
                router.routes.map { "\($0.method) \($0.template)" } == [
                    "GET /api/v1/products/{id}", "PATCH /api/v1/products/{id}",
                ])
        } test: { client in
            try await client.execute(uri: "/api/v1/products/a%20b", method: .get) { response in
                #expect(String(buffer: response.body) == #"{"id":"a b"}"#)
                #expect(response.header("x-content-type-options") == "nosniff")
                #expect(response.header("content-security-policy")?.contains("frame-ancestors") == true)
            }
            try await client.execute(uri: "/api/v1/products/1", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.body.readableBytes == 0)
            }
            try await client.execute(uri: "/api/v1/products/1", method: .delete) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.header("allow") == "GET, HEAD, PATCH")
                try #expect(response.problem.code == "method_not_allowed")
            }
            try await client.execute(uri: "/api/v1/nothing", method: .get) { response in
                #expect(response.status == .notFound)
                try #expect(response.problem.code == "not_found")
                #expect(response.header("x-request-id") != nil)
            }
        }
    }

    @Test(arguments: ["PROPFIND", "QUERY", "LINK", "DELETE", "TRACE"])
    func `any method a resource lacks is 405, whatever it is called`(name: String) async throws {
        let method = try #require(HTTPRequest.Method(name))
        let registry = PrometheusRegistry(service: "test", declared: HTTPMetrics.all)
        try await withServer(registry: registry) { router in
            router.post("/carts/{id}/lines") { _, _ in Response(status: .created) }
            router.get("/carts/{id}/{part}") { _, _ in Response(status: .ok) }
        } test: { client in
            try await client.execute(uri: "/carts/1/lines", method: method) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.header("allow") == "POST")
            }
            try await client.execute(uri: "/carts/1/totals/", method: method) { response in
                #expect(response.header("allow") == "GET, HEAD")
            }
            try await client.execute(uri: "/carts/1", method: method) { response in
                #expect(response.status == .notFound)
            }
        }
        #expect(registry.render().contains(#"http_route="/carts/{id}/lines""#))
    }

    @Test func `too large and unreadable bodies are refused`() async throws {
        try await withServer { router in
            router.post("/things") { request, context in
                let fields = try await RequestFields(request, context: context)
                try fields.finish()
                return Response(status: .created)
            }
        } test: { client in
            let large = ByteBuffer(repeating: 0x20, count: 1_048_577)
            try await client.execute(
                uri: "/things", method: .post, headers: [.contentType: "application/json"], body: large
            ) {
                #expect($0.status == .contentTooLarge)
                try #expect($0.problem.code == "body_too_large")
            }
            try await client.execute(uri: "/things", method: .post, body: ByteBuffer(string: "a=b")) {
                #expect($0.status == .unsupportedMediaType)
                try #expect($0.problem.code == "unsupported_media_type")
            }
            try await client.execute(
                uri: "/things", method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(string: "{}")
            ) {
                #expect($0.status == .created)
            }
        }
    }

    @Test func `a trace goes on, and a new one starts without`() async throws {
        let id = "4bf92f3577b34da6a3ce929d0e0e4736"
        try await withServer { router in
            router.get("/trace") { _, context in
                try jsonResponse([CallContext.current.trace.traceID, context.requestID])
            }
        } test: { client in
            let name = try #require(HTTPField.Name("traceparent"))
            try await client.execute(uri: "/trace", method: .get, headers: [name: "00-\(id)-00f067aa0ba902b7-01"]) {
                response in
                #expect(response.header("x-request-id") == id)
                let parent = try #require(response.header("traceresponse"))
                #expect(parent.hasPrefix("00-\(id)-") && !parent.contains("00f067aa0ba902b7"))
                #expect(String(buffer: response.body) == #"["\#(id)","\#(id)"]"#)
            }
            try await client.execute(uri: "/trace", method: .get, headers: [name: "nonsense"]) { response in
                #expect(response.header("x-request-id")?.count == 32)
            }
        }
    }

    @Test func `a handler past its deadline is cancelled and the response is 503`() async throws {
        try await withServer(timeLimit: .milliseconds(20)) { router in
            router.get("/slow") { _, _ in
                try await Task.sleep(for: .seconds(60))
                return Response(status: .ok)
            }
        } test: { client in
            try await client.execute(uri: "/slow", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                try #expect(response.problem.code == "deadline_exceeded")
            }
        }
    }

    @Test func `requests are measured and logged by template`() async throws {
        let logs = LogLines()
        let registry = PrometheusRegistry(service: "test", declared: HTTPMetrics.all)
        try await withServer(logs: logs, registry: registry) { router in
            router.get("/carts/{id}") { _, _ in Response(status: .ok) }
        } test: { client in
            try await client.execute(uri: "/carts/cart_secret?email=ann@example.com", method: .get) { _ in }
            try await client.execute(uri: "/wp-login.php", method: .get) { _ in }
        }
        let text = registry.render()
        #expect(
            text.contains(
                #"http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/carts/{id}",service="test"} 1"#
            ))
        #expect(text.contains(#"http_route="unmatched""#))
        #expect(text.contains(#"http_server_active_requests{service="test"} 0"#))
        let log = logs.all.joined()
        #expect(log.contains(#""http.route":"/carts/{id}""#) && log.contains(#""http.response.status_code":200"#))
        #expect(!log.contains("cart_secret") && !log.contains("ann@") && !log.contains("wp-login"))
    }

    @Test(arguments: [
        ("", false), ("k", true), (String(repeating: "k", count: 255), true),
        (String(repeating: "k", count: 256), false), ("a b", false), ("é", false),
    ])
    func `idempotency keys are visible ASCII`(key: String, accepted: Bool) throws {
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let request = Request(
            head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/x", headerFields: [name: key]),
            body: RequestBody(buffer: ByteBuffer()))
        let found = try? IdempotencyHeader.key(of: request, caller: "cus_1", requestHash: "h")
        #expect((found != nil) == accepted)
        if accepted { #expect(found == IdempotencyKey(caller: "cus_1", key: key, requestHash: "h")) }
    }

    @Test func `readiness names the check that failed`() async throws {
        let checks = [
            ReadinessCheck(name: "database") {},
            ReadinessCheck(name: "kafka") { throw ServiceError.unavailable("kafka-0.internal") },
            ReadinessCheck(name: "redis") { throw Secret() },
        ]
        let operations = operationsApplication(
            of: "test", port: 0, host: "127.0.0.1", checks: checks,
            registry: PrometheusRegistry(service: "test", declared: HTTPMetrics.all), logger: LogLines().logger)
        try await operations.test(.router) { client in
            try await client.execute(uri: "/livez", method: .get) {
                #expect(String(buffer: $0.body) == #"{"status":"ok"}"#)
            }
            try await client.execute(uri: "/readyz", method: .get) {
                #expect($0.status == .serviceUnavailable && $0.header("retry-after") == "1")
                let report = try JSONValue(parsing: $0.body, within: BodyBounds.small.json)
                #expect(
                    report["checks"]
                        == .object([
                            "database": .string("ok"), "kafka": .string("unavailable"), "redis": .string("failed"),
                        ]))
            }
            try await client.execute(uri: "/metrics", method: .get) {
                #expect($0.header("content-type")?.hasPrefix("text/plain; version=0.0.4") == true)
                #expect(String(buffer: $0.body).contains(#"magpie_ready{service="test"} 0"#))
            }
        }
        let ready = operationsApplication(
            of: "test", port: 0, host: "127.0.0.1", checks: [],
            registry: PrometheusRegistry(service: "test", declared: HTTPMetrics.all), logger: LogLines().logger)
        try await ready.test(.router) { client in
            try await client.execute(uri: "/metrics", method: .get) {
                #expect(String(buffer: $0.body).contains(#"magpie_ready{service="test"} 1"#))
            }
        }
    }
}
