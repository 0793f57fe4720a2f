import AnalyticsContract
import AuditContract
import AuthContract
import CartContract
import Commerce
import OfferContract
import OrderContract
import ProductContract
import ServiceKit

/// A test double of every service; a call that a test did not expect throws and becomes a 500.
struct Services: Accounts, Products, Carts, Offers, Orders, BehaviourIngest, Reports, AuditTrail {
    struct Unexpected: Error {}

    var onProduct: @Sendable (String) async throws -> Product = { _ in throw Unexpected() }
    var onProducts: @Sendable (ProductQuery) async throws -> ProductPage = { _ in throw Unexpected() }
    var onPlace: @Sendable (CartID, PaymentInstruction) async throws -> Outcome<Order> = { _, _ in throw Unexpected() }
    var onNotification: @Sendable (String, [String: String], [UInt8]) async throws -> Void = { _, _, _ in
        throw Unexpected()
    }
    var onCart: @Sendable (CartID) async throws -> Cart = { _ in throw Unexpected() }
    var onArchive: @Sendable (String) async throws -> Void = { _ in throw Unexpected() }
    var onChangePassword: @Sendable (PasswordChange) async throws -> Void = { _ in throw Unexpected() }
    var onCustomers: @Sendable () async throws -> Page<Customer> = { throw Unexpected() }
    var onRecord: @Sendable ([BehaviourEvent]) async throws -> Void = { _ in throw Unexpected() }
    var onCategories: @Sendable () async throws -> [Category] = { throw Unexpected() }
    var onCreate: @Sendable (ProductDraft) async throws -> Outcome<Product> = { _ in throw Unexpected() }
    var onRegister: @Sendable () async throws -> Outcome<SignIn> = { throw Unexpected() }
    var onUpdate: @Sendable (String) async throws -> Product = { _ in throw Unexpected() }
    var onAdjustStock: @Sendable (StockAdjustment) async throws -> Outcome<StockLevel> = { _ in throw Unexpected() }

    func register(_ registration: Registration) async throws -> Outcome<SignIn> { try await onRegister() }
    func logIn(email: String, password: String) async throws -> SignIn { throw Unexpected() }
    func refresh(_ refreshToken: String) async throws -> SignIn { throw Unexpected() }
    func logOut(refreshToken: String) async throws { throw Unexpected() }
    func changePassword(_ change: PasswordChange) async throws { try await onChangePassword(change) }
    func customer(_ id: CustomerID) async throws -> Customer { throw Unexpected() }
    func customers(email: String?, page: PageRequest) async throws -> Page<Customer> { try await onCustomers() }
    func jsonWebKeySet() async throws -> String { #"{"keys":[]}"# }

    func products(_ query: ProductQuery) async throws -> ProductPage { try await onProducts(query) }
    func product(_ idOrHandle: String) async throws -> Product { try await onProduct(idOrHandle) }
    func variants(_ ids: [VariantID]) async throws -> [VariantDetail] { throw Unexpected() }
    func categories() async throws -> [Category] { try await onCategories() }
    func shopCurrency() async throws -> Currency? { .usd }
    func reserve(_ reservation: StockReservation) async throws { throw Unexpected() }
    func commitReservation(for order: OrderID) async throws { throw Unexpected() }
    func releaseReservation(for order: OrderID) async throws { throw Unexpected() }
    func restock(order: OrderID) async throws { throw Unexpected() }
    func create(_ draft: ProductDraft) async throws -> Outcome<Product> { try await onCreate(draft) }
    func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product {
        try await onUpdate(idOrHandle)
    }
    func save(_ draft: ProductDraft) async throws -> SaveResult { throw Unexpected() }
    func currencies(of handles: [String]) async throws -> [String: Currency] { throw Unexpected() }
    func archive(_ idOrHandle: String) async throws { try await onArchive(idOrHandle) }
    func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        try await onAdjustStock(adjustment)
    }
    func stockLevels(page: PageRequest) async throws -> Page<StockLevel> { throw Unexpected() }
    func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        throw Unexpected()
    }

    func create(currency: String?) async throws -> Outcome<Cart> { throw Unexpected() }
    func cart(_ id: CartID) async throws -> Cart { try await onCart(id) }
    func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> { throw Unexpected() }
    func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart { throw Unexpected() }
    func removeLine(_ line: LineID, of id: CartID) async throws -> Cart { throw Unexpected() }
    func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart> { throw Unexpected() }
    func removeCoupon(_ code: String, from id: CartID) async throws -> Cart { throw Unexpected() }
    func update(_ id: CartID, _ change: CartChange) async throws -> Cart { throw Unexpected() }
    func shippingOptions(for id: CartID) async throws -> [ShippingOption] { throw Unexpected() }
    func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart { throw Unexpected() }
    func unlock(_ id: CartID, from order: OrderID) async throws { throw Unexpected() }
    func complete(_ id: CartID, as order: OrderID) async throws { throw Unexpected() }

    func price(_ request: PricingRequest) async throws -> PricedCart { throw Unexpected() }
    func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] { throw Unexpected() }
    func rules() async throws -> String { throw Unexpected() }
    func replaceRules(_ json: String) async throws { throw Unexpected() }

    func paymentMethods() async throws -> [PaymentMethod] { throw Unexpected() }
    func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await onPlace(cart, payment)
    }
    func order(_ id: OrderID, guestToken: String?) async throws -> Order { throw Unexpected() }
    func myOrders(page: PageRequest) async throws -> Page<Order> { throw Unexpected() }
    func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> { throw Unexpected() }
    func orders(_ query: OrderQuery) async throws -> Page<Order> { throw Unexpected() }
    func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> { throw Unexpected() }
    func refund(_ id: OrderID, amount: Int64?, currency: Currency?, reason: String) async throws -> Outcome<Order> {
        throw Unexpected()
    }
    func paymentNotification(provider: String, headers: [String: String], body: [UInt8]) async throws {
        try await onNotification(provider, headers, body)
    }

    func record(_ events: [BehaviourEvent]) async throws { try await onRecord(events) }
    func funnel(_ period: ReportPeriod) async throws -> FunnelReport { throw Unexpected() }
    func revenue(_ period: ReportPeriod) async throws -> [RevenueDay] { throw Unexpected() }
    func topProducts(_ period: ReportPeriod, limit: Int) async throws -> [TopProduct] { throw Unexpected() }
    func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord> {
        throw Unexpected()
    }
    func verify() async throws -> AuditVerification { throw Unexpected() }
}
