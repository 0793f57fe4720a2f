import AuthContract
import Hummingbird
import NIOCore
import OfferContract
import ServiceKit
import Web

/// The rules that make prices.
struct OfferAdminRoutes: Sendable {
    let offers: any Offers
    let record: StaffRecord

    func add(to table: inout RouteTable) {
        table.get("/admin/offers", .staff(.offersWrite), use: rules)
        table.put("/admin/offers", .staff(.offersWrite), body: .document, use: replace)
    }

    @Sendable private func rules(_ call: Call) async throws -> Response {
        try await jsonResponse(body: ByteBuffer(string: offers.rules()))
    }

    /// The fields are the offer service's to check.
    @Sendable private func replace(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        try await offers.replaceRules(String(buffer: fields.rawBody))
        try await record.note("offers.replace", "offers", ["sha256": fields.requestDigest])
        return try await rules(call)
    }
}
