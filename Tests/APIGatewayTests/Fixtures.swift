import APIGateway
import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Logging
import NIOCore
import OfferContract
import OrderContract
import ProductContract
import ServiceKit
import Synchronization
import Testing
import Web

/// A gateway with test doubles, and tokens that it accepts.
struct Shop {
    let router: APIRouter
    let staffActions: Recorder<String>
    private let signer: TokenSigner

    init(
        _ services: Services = Services(), rateLimit: RateLimitSettings = .off, productLifetime: Duration = .zero,
        digestKey: UInt8 = 1, recordFailure: ServiceError? = nil
    ) async throws {
        let (issuer, audience) = ("http://localhost:8080", "magpie")
        let key = SigningKey()
        let keys = String(decoding: try JSON.encode(["keys": [key.publicKey]]), as: UTF8.self)
        let actions = Recorder<String>()
        signer = try await TokenSigner(issuer: issuer, audience: audience, key: key)
        staffActions = actions
        let gateway = APIGateway(
            accounts: services, products: services, carts: services, offers: services, orders: services,
            ingest: services, reports: services, audit: services,
            verifier: TokenVerifier(issuer: issuer, audience: audience, keys: { keys }),
            limiter: RateLimiter(rateLimit), digestKey: Array(repeating: digestKey, count: 32),
            staffActions: { action, subject, _ in
                if let recordFailure { throw recordFailure }
                actions.record("\(action) \(subject)")
            }, publicURL: issuer,
            productLifetime: productLifetime, logger: Self.logger)
        var router = APIRouter()
        router.add(middleware: RequestScope(service: "api-gateway", logger: Self.logger, trustedProxies: 1))
        router.add(middleware: ProblemErrors(logger: Self.logger))
        gateway.addRoutes(to: &router)
        router.finish()
        self.router = router
    }

    func token(_ permissions: Set<Permission> = []) async throws -> String {
        try await signer.token(for: CustomerID(), permissions: permissions, at: .now, lifetime: .seconds(60))
    }

    func test(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let application = webApplication(router: router, host: "127.0.0.1", port: 0, logger: Self.logger)
        try await application.test(.router) { try await body($0) }
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

final class Recorder<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])
    func record(_ value: Value) { state.withLock { $0.append(value) } }
    var values: [Value] { state.withLock { $0 } }
}

extension TestClientProtocol {
    /// - Parameter json: The body, sent as `application/json` unless the headers say otherwise.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: [String: String] = [:], json: String? = nil
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        if json != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        return try await execute(
            uri: uri, method: method, headers: fields, body: json.map { ByteBuffer(string: $0) })
    }
}

extension TestResponse {
    var json: JSONValue? { try? JSONValue(parsing: body, within: JSONBounds(elements: 50_000, keys: 50_000)) }
    /// The stable code of a problem.
    var code: String? { json?["code"]?.stringValue }
    var faults: [String] {
        (json?["errors"]?.arrayValue ?? []).compactMap { $0["field"]?.stringValue }
    }
}

extension JSONValue {
    var arrayValue: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}

func mug(version: Int64 = 1) -> Product {
    let price = Money(1_999, .usd)
    return Product(
        id: ProductID(stored: "prod_01kb3v6q8hfj4r9m2t5w7x0yza"), handle: "mug", title: "Mug", descriptionHTML: "",
        vendor: "Nest", category: nil, tags: [], images: [], options: [], variants: [],
        priceRange: .init(min: price, max: price), available: true, seo: .init(title: "", description: ""),
        createdAt: Instant(milliseconds: 0), status: .published, version: version)
}

func order() -> Order {
    let nothing = Money.zero(.usd)
    let address = Address(name: "Ada", line1: "1 Row", city: "London", postalCode: "N1", country: "GB")
    return Order(
        id: OrderID(), number: "M-1", status: .confirmed, paymentStatus: .captured, customerID: nil,
        email: "ada@example.com", lines: [], coupons: [], shippingAddress: address, billingAddress: address,
        shippingOption: ShippingOption(id: "standard", name: "Standard", price: nothing, estimate: ""),
        totals: Totals(
            subtotal: nothing, discountTotal: nothing, shippingTotal: nothing, taxTotal: nothing, total: nothing),
        refundedTotal: nothing, placedAt: Instant(milliseconds: 0), updatedAt: Instant(milliseconds: 0))
}
