import CoreMetrics
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Observability
import ServiceKit
import TestSupport
import Testing

@testable import Web

/// The stack a service has, around the routes of a test.
func withServer(
    logs: LogLines = LogLines(),
    registry: PrometheusRegistry = PrometheusRegistry(service: "test", declared: HTTPMetrics.all),
    timeLimit: Duration = .seconds(10), trustedProxies: Int = 0,
    routes: (inout APIRouter) -> Void, test: @Sendable (any TestClientProtocol) async throws -> Void
) async throws {
    var router = APIRouter()
    router.add(
        middleware: RequestScope(
            service: "test", logger: logs.logger, timeLimit: timeLimit, trustedProxies: trustedProxies,
            metrics: registry))
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ProblemErrors(logger: logs.logger))
    router.add(middleware: HostHeader())
    router.add(middleware: BodyLimit())
    router.add(middleware: Deadline())
    routes(&router)
    router.finish()
    try await webApplication(router: router, host: "127.0.0.1", port: 0, logger: logs.logger).test(.router, test)
}

struct ProblemBody: Decodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let request_id: String
    let errors: [ServiceError.Field]?
}

extension TestResponse {
    var problem: ProblemBody { get throws { try JSON.decode(ProblemBody.self, from: body) } }
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

func fields(
    _ json: String, contentType: String? = "application/json", within bounds: JSONBounds = BodyBounds.small.json,
    allowEmpty: Bool = false
) throws -> RequestFields {
    try RequestFields(
        body: ByteBuffer(string: json), contentType: contentType, within: bounds, method: "POST", path: "/x",
        allowEmpty: allowEmpty)
}

/// `field:code` of every mistake `read` finds.
func mistakes(
    _ json: String, within bounds: JSONBounds = BodyBounds.small.json, _ read: (inout RequestFields) -> Void
) throws -> [String] {
    var fields = try fields(json, within: bounds)
    read(&fields)
    do {
        try fields.finish()
        return []
    } catch {
        #expect(error.kind == .invalid)
        #expect(error.code == "invalid_request")
        return error.fields.map { "\($0.field):\($0.code)" }
    }
}
