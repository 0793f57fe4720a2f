package import Commerce
package import ServiceKit

/// The catalogue and its stock. Every method throws `ServiceError`.
package protocol Products: Sendable {
    /// Published products (all of them for staff that ask with `includeUnpublished`).
    func products(_ query: ProductQuery) async throws -> ProductPage
    /// By id, by handle, or by a handle it had before while no other product has it; 404 `product_not_found`, also for
    /// an unpublished one unless the caller may write products.
    func product(_ idOrHandle: String) async throws -> Product
    /// The variants that exist, with what cart and offer need of their products; unknown ids are left out.
    func variants(_ ids: [VariantID]) async throws -> [VariantDetail]
    /// The trees of categories that have published products.
    func categories() async throws -> [Category]
    /// What the shop sells in when nobody asks for another currency; nil until it was set, or a first product named one.
    func shopCurrency() async throws -> Currency?

    /// Sets stock aside for an order, all lines or none. Repeating a call with the same order changes nothing.
    /// 409 `out_of_stock` with a field per line at fault (`lines[2].quantity`), 404 `variant_not_found`, 409
    /// `reservation_expired` when the order's stock was given back already, by a release or by time.
    func reserve(_ reservation: StockReservation) async throws
    /// Turns a reservation into a sale. Idempotent. One that ran out takes the stock again while it is there; 409
    /// `reservation_expired` when it is not, or when the reservation was released.
    func commitReservation(for order: OrderID) async throws
    /// Gives reserved stock back, and the order can take none any more: a call to reserve or commit that was under way
    /// longer than its caller waited finds that it is too late. Idempotent; the order need not be known.
    func releaseReservation(for order: OrderID) async throws
    /// Puts the stock of a committed reservation back on hand (cancelled order). Idempotent.
    func restock(order: OrderID) async throws

    /// Staff, `products:write`: creates a product; 409 `handle_taken` or `sku_taken` when another product that is not
    /// archived has it, 422 invalid.
    func create(_ draft: ProductDraft) async throws -> Outcome<Product>
    /// Staff: replaces what is given. Refuses handles and SKUs as ``create(_:)`` does, those that an archived product
    /// comes back with too.
    func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product
    /// Staff or importer: creates or updates by handle; says whether anything changed. Variants are matched by option
    /// values, then by SKU where it names one variant only; SKUs may repeat.
    func save(_ draft: ProductDraft) async throws -> SaveResult
    /// Staff or importer: what the products are sold in that ``save(_:)`` would change, by the handles asked for, at most
    /// 1,000; unknown ones are left out.
    func currencies(of handles: [String]) async throws -> [String: Currency]
    /// Staff: takes the product out of the shop (archived; history stays). Its handle and SKUs are free for others.
    func archive(_ idOrHandle: String) async throws
    /// Staff, `inventory:write`: sets or changes what is on hand; 422 when it would fall below what is reserved.
    func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel>
    /// Staff: stock per variant, by variant id.
    func stockLevels(page: PageRequest) async throws -> Page<StockLevel>
    /// Staff: the movements of one variant, newest first.
    func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement>
}
