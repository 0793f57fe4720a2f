import AuthContract
import Hummingbird
import NIOCore
import OfferContract
import ServiceKit
import Web

/// The price rules of all offers.
struct OfferAdminRoutes: Sendable {
    let offers: any Offers
    let staffLog: StaffActionLog

    func add(to table: inout RouteTable) {
        table.get("/admin/offers", .staff(.offersWrite), use: rules)
        table.put("/admin/offers", .staff(.offersWrite), body: .document, use: replace)
    }

    @Sendable private func rules(_ call: Call) async throws -> Response {
        try await jsonResponse(body: ByteBuffer(string: offers.rules()))
    }

    /// The offer service checks the fields.
    @Sendable private func replace(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        try await offers.replaceRules(String(buffer: fields.rawBody))
        try await staffLog.record("offers.replace", "offers", ["sha256": fields.requestDigest])
        return try await rules(call)
    }
}
