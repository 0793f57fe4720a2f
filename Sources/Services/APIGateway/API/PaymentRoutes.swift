import HTTPTypes
import Hummingbird
import OrderContract
import ServiceKit
import Web

/// The webhooks of payment providers. Each provider verifies what it sent; nothing is read here.
struct PaymentRoutes: Sendable {
    let orders: any Orders

    func add(to table: inout RouteTable) {
        table.post("/payments/{provider}/webhook", body: .notification, use: webhook)
    }

    @Sendable private func webhook(_ call: Call) async throws -> Response {
        let missing = ServiceError(ErrorCode.notFound, "There is no such payment provider.")
        let provider = try call.name("provider", else: missing)
        let body = try await ReceivedBody(call.request, context: call.context).bytes
        try await orders.paymentNotification(
            provider: provider, headers: Self.headers(of: call.request), body: Array(body.readableBytesView))
        return Response(status: .accepted)
    }

    /// By name in lower case, without credentials of customers.
    private static func headers(of request: Request) -> [String: String] {
        let fields = request.headers.filter { ![.authorization, .cookie].contains($0.name) }
        return Dictionary(fields.map { ($0.name.canonicalName, $0.value) }) { "\($0), \($1)" }
    }
}
