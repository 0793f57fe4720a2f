import AuthContract
import Commerce
import Hummingbird
import ProductContract
import ServiceKit
import Web

/// The catalogue as staff see and change it.
struct ProductAdminRoutes: Sendable {
    let products: any Products
    let cache: ResponseCache
    let staffLog: StaffActionLog

    func add(to table: inout RouteTable) {
        let staff = RouteAccess.Audience.staff(.productsWrite)
        table.get("/admin/products", staff, use: list)
        table.post("/admin/products", staff, body: .document, use: create)
        table.get("/admin/products/{id}", staff, use: product)
        table.patch("/admin/products/{id}", staff, body: .document, use: update)
        table.delete("/admin/products/{id}", staff, use: archive)
    }

    @Sendable private func list(_ call: Call) async throws -> Response {
        var query = try ProductQuery(call.query())
        query.includeUnpublished = true
        return try await jsonResponse(products.products(query))
    }

    @Sendable private func product(_ call: Call) async throws -> Response {
        try await jsonResponse(products.product(call.name("id", else: .productNotFound)))
    }

    @Sendable private func create(_ call: Call) async throws -> Response {
        var fields = try await call.fields()
        let draft = ProductDraft(reading: &fields)
        try fields.finish()
        let product = try await call.once(fields.requestDigest) { try await products.create(draft) }
        dropResponses(of: product.value)
        try await staffLog.record(
            "product.create", product.value.id.rawValue, ["handle": product.value.handle], replayed: product.replayed)
        return try .outcome(
            product, status: .created, location: "\(RouteTable.prefix)/admin/products/\(product.value.id)")
    }

    @Sendable private func update(_ call: Call) async throws -> Response {
        let name = try call.name("id", else: .productNotFound)
        var fields = try await call.fields()
        let change = ProductChange(reading: &fields)
        try fields.finish()
        let product = try await products.update(name, change)
        dropResponses(of: product)
        try await staffLog.record(
            "product.update", product.id.rawValue, ["handle": product.handle, "version": String(product.version)])
        return try jsonResponse(product)
    }

    @Sendable private func archive(_ call: Call) async throws -> Response {
        let name = try call.name("id", else: .productNotFound)
        let id = if let id = ProductID(name) { id } else { try await products.product(name).id }
        try await products.archive(name)
        cache.remove { $0.id == id }
        try await staffLog.record("product.archive", name)
        return .noContent
    }

    /// Staff see their change at once, also where the catalogue is another process, whose changes show within a second.
    private func dropResponses(of product: Product) {
        cache.remove { $0.id == product.id }
        cache.remove(HotRead.product(product.handle).key)  // Another product may have had the handle.
    }
}
