import AuthContract
import Commerce
import Hummingbird
import ProductContract
import ServiceKit
import Web

/// Stock levels, movements and adjustments.
struct InventoryAdminRoutes: Sendable {
    let products: any Products
    let cache: ResponseCache
    let staffLog: StaffActionLog

    private static let units = 0...DraftLimits.quantity
    private static let difference = -DraftLimits.quantity...DraftLimits.quantity

    func add(to table: inout RouteTable) {
        let staff = RouteAccess.Audience.staff(.inventoryWrite)
        table.get("/admin/inventory", staff, use: levels)
        table.patch("/admin/inventory/{variant_id}", staff, use: count)
        table.get("/admin/inventory/{variant_id}/movements", staff, use: movements)
        table.post("/admin/inventory/{variant_id}/adjustments", staff, use: adjust)
    }

    @Sendable private func levels(_ call: Call) async throws -> Response {
        let query = try call.query()
        return try await jsonResponse(products.stockLevels(page: query.page()))
    }

    @Sendable private func movements(_ call: Call) async throws -> Response {
        let variant: VariantID = try call.id("variant_id", else: .variantNotFound)
        let query = try call.query()
        return try await jsonResponse(products.stockMovements(variant, page: query.page()))
    }

    @Sendable private func count(_ call: Call) async throws -> Response {
        let variant: VariantID = try call.id("variant_id", else: .variantNotFound)
        var fields = try await call.fields()
        let onHand = fields.int("on_hand", in: Self.units)
        let reason = Self.reason(&fields)
        try fields.finish()
        let level = try await apply(StockAdjustment(variant: variant, change: .set(onHand), reason: reason))
        return try jsonResponse(level.value)
    }

    @Sendable private func adjust(_ call: Call) async throws -> Response {
        let variant: VariantID = try call.id("variant_id", else: .variantNotFound)
        var fields = try await call.fields()
        let set = fields.optionalInt("set", in: Self.units)
        let by = fields.optionalInt("by", in: Self.difference)
        let untrack = fields.optionalBool("untrack") ?? false
        let reason = Self.reason(&fields)
        let changes: [StockAdjustment.Change] =
            (set.map { [.set($0)] } ?? []) + (by.map { [.by($0)] } ?? []) + (untrack ? [.untrack] : [])
        if changes.count != 1 {
            fields.fail("set", code: FieldCode.required, "give exactly one of set, by and untrack")
        }
        try fields.finish()
        guard let change = changes.first else { throw ServiceError.invalid([]) }
        return try await .outcome(
            call.once(fields.requestDigest) {
                try await apply(StockAdjustment(variant: variant, change: change, reason: reason))
            },
            status: .created)
    }

    private func apply(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        let level = try await products.adjustStock(adjustment)
        cache.remove { $0.variants.contains(adjustment.variant) }
        try await staffLog.record(
            "inventory.adjust", adjustment.variant.rawValue,
            ["on_hand": String(level.value.onHand), "tracked": String(level.value.tracked)], replayed: level.replayed)
        return level
    }

    private static func reason(_ fields: inout RequestFields) -> String {
        fields.optionalString("reason", max: 200).flatMap { $0.isEmpty ? nil : $0 } ?? "unspecified"
    }
}
