import APIGateway
import AuthContract
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing
import Web

@Suite struct RouteAccessTests {
    @Test func staffRoutesAreClosedToAllOthers() async throws {
        let shop = try await Shop()
        let token = try await shop.token()
        let routes = shop.router.routes.filter { $0.template.contains("/admin/") }
        #expect(routes.count > 20)
        try await shop.test { client in
            for route in routes {
                let nobody = try await client.send(route.method, route.template)
                #expect(nobody.status == .unauthorized, "\(route)")
                #expect(nobody.headers[.wwwAuthenticate] != nil)
                let customer = try await client.send(route.method, route.template, ["Authorization": "Bearer \(token)"])
                #expect(customer.status == .forbidden, "\(route)")
            }
        }
    }

    @Test func aPermissionDoesNotGrantAnother() async throws {
        let shop = try await Shop()
        let token = try await shop.token([.ordersRead])
        try await shop.test { client in
            let response = try await client.send(.get, "/api/v1/admin/customers", ["Authorization": "Bearer \(token)"])
            #expect(response.status == .forbidden)
        }
    }

    @Test func customersAreReadOnlyWhenTheAccessIsRecorded() async throws {
        let reads = Recorder<String>()
        let services = Services(onCustomers: {
            reads.record("customers")
            return Page(items: [], nextCursor: nil)
        })
        for failure in [nil, ServiceError.unavailable("The event log")] {
            let shop = try await Shop(services, recordFailure: failure)
            let headers = ["Authorization": "Bearer \(try await shop.token([.customersRead]))"]
            try await shop.test { client in
                let answer = try await client.send(.get, "/api/v1/admin/customers", headers)
                #expect(answer.status == (failure == nil ? .ok : .serviceUnavailable))
            }
            #expect(shop.staffActions.values == (failure == nil ? ["customers.read customers"] : []))
        }
        #expect(reads.values.count == 1)
    }

    @Test(arguments: ["Bearer nonsense", "Bearer", "Basic YTpi", "Bearer a b"])
    func aBadTokenIsRefusedEvenWhereNoneIsNeeded(header: String) async throws {
        try await Shop(Services(onProduct: { _ in mug() })).test { client in
            let response = try await client.send(.get, "/api/v1/products/mug", ["Authorization": header])
            #expect(response.status == .unauthorized)
            #expect(response.code == "invalid_token")
            #expect(response.headers[.wwwAuthenticate] == #"Bearer error="invalid_token""#)
        }
    }

    @Test(arguments: [
        ("/api/v1/carts/cart_1", "cart_not_found"), ("/api/v1/carts/prod_01kb3v6q8hfj4r9m2t5w7x0yza", "cart_not_found"),
        ("/api/v1/orders/nonsense", "order_not_found"), ("/api/v1/products/%00", "product_not_found"),
    ])
    func malformedIdsAreNotFound(path: String, code: String) async throws {
        try await Shop().test { client in
            let response = try await client.send(.get, path)
            #expect(response.status == .notFound)
            #expect(response.code == code)
        }
    }

    @Test func aMethodThatIsNotThereNamesThoseThatAre() async throws {
        try await Shop().test { client in
            let response = try await client.send(.delete, "/api/v1/products")
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow]?.contains("GET") == true)
        }
    }

    @Test func bodiesAreCheckedBeforeAnythingHappens() async throws {
        try await Shop().test { client in
            let text = try await client.send(
                .post, "/api/v1/auth/login", ["Content-Type": "text/plain"], json: #"{"email":"a","password":"b"}"#)
            #expect(text.status == .unsupportedMediaType)
            let broken = try await client.send(.post, "/api/v1/auth/login", json: "{")
            #expect(broken.status == .badRequest)
            let wrong = try await client.send(
                .post, "/api/v1/auth/register", json: #"{"email":"nobody","password":"x","nickname":"y"}"#)
            #expect(wrong.status == .unprocessableContent)
            #expect(Set(wrong.faults) == ["email", "name", "nickname"])
            let nothing = try await client.send(
                .patch, "/api/v1/carts/cart_01kb3v6q8hfj4r9m2t5w7x0yza/lines/line_01kb3v6q8hfj4r9m2t5w7x0yza",
                json: #"{"quantity":0}"#)
            #expect(nothing.status == .unprocessableContent)
            #expect(nothing.faults == ["quantity"])
        }
    }

    @Test func tooManyLogInsAreRefused() async throws {
        let limits = RateLimitSettings(allowances: [.logIn: .init(perSecond: 0.1, burst: 2)])
        try await Shop(rateLimit: limits).test { client in
            for _ in 0..<2 {
                #expect(try await client.send(.post, "/api/v1/auth/login", json: "{}").status.code == 422)
            }
            let response = try await client.send(.post, "/api/v1/auth/login", json: "{}")
            #expect(response.status == .tooManyRequests)
            let seconds = try #require(response.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...10).contains(seconds))
            #expect(try await client.send(.get, "/openapi.json").status == .ok)
        }
    }
}
