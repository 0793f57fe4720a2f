import AuthContract
import AuthService
import CatalogueImport
import Commerce
import DemoCatalogue
import Foundation
import OfferService
import ProductContract
import ProductService
import ServiceKit
import Storefront

extension OneProcess {
    static let demoAdministrator = "admin@example.com"
    static let demoCustomer = "customer@example.com"
    /// Only for the demo customer, who can do nothing but shop.
    static let demoCustomerPassword = "magpie-demo"

    /// Makes the demo accounts and fills an empty shop, or goes on filling one; a shop with products of its own is left
    /// as it is, accounts too. A folder that outlived its databases is filled anew.
    func fillWithDemo(report: (String) -> Void) async throws -> [DemoAccount] {
        try await CallContext(principal: .system("demo")).run {
            if folder.demo != .unfinished {
                if try await isEmpty {
                    try folder.beginDemo()
                } else if folder.demo == .absent {
                    report("The shop has products of its own: the demo is not added.")
                    return []
                }
            }
            let accounts = try await demoAccounts()
            if folder.demo == .unfinished { try await fill(report: report) }
            return accounts
        }
    }

    private var isEmpty: Bool {
        get async throws {
            var query = ProductQuery()
            (query.limit, query.includeUnpublished) = (1, true)
            return try await products.products(query).items.isEmpty
        }
    }

    private func demoAccounts() async throws -> [DemoAccount] {
        let accounts = try await self.accounts
        _ = try await accounts.ensureDemoCustomer(
            email: Self.demoCustomer, password: Self.demoCustomerPassword, name: "Demo Customer")
        let known = try await accounts.customers(
            email: Self.demoAdministrator, page: PageRequest(cursor: nil, limit: 1)
        ).items.first
        let customer = DemoAccount(role: "Customer:", email: Self.demoCustomer, password: Self.demoCustomerPassword)
        var administrator = DemoAccount(role: "Administrator:", email: Self.demoAdministrator)
        // After an unfinished start nobody has seen the first password.
        if known == nil || folder.demo == .unfinished {
            administrator.password = try await demoAdministratorPassword()
        } else if known?.role != .administrator {
            return [customer]  // An operator took the role away.
        }
        return [customer, administrator]
    }

    /// A new password of the demo administrator, also where somebody else has made an account with the address.
    private func demoAdministratorPassword() async throws -> String {
        let (email, actor) = (Self.demoAdministrator, CallContext.current.principal.name)
        let outcome = try await accounts.createAdministrator(
            email: email, password: nil, name: "Demo Administrator", promote: true, by: actor)
        if case .created(_, let password) = outcome { return password }
        return try await accounts.resetPassword(email: email, password: nil, by: actor).password
    }

    /// Every step may be repeated.
    private func fill(report: (String) -> Void) async throws {
        report("Filling the empty shop with the demo catalogue …")
        let (products, offers) = (try await self.products, try await self.offers)
        try folder.installMedia(from: DemoCatalogue.mediaFolder)
        if !folder.hasOfferRules {
            try await offers.replaceRules(try DemoCatalogue.offers())
        }
        let currency = try await products.proposeShopCurrency(settings.currency ?? .usd)
        // Its prices are the same numbers in each of them.
        guard currency.exponent > 0, offers.shippingCurrencies.contains(currency) else {
            let known = offers.shippingCurrencies.filter { $0.exponent > 0 }.map(\.code).sorted()
            throw Fault("the demo sells in \(known.joined(separator: ", ")), not in \(currency.code)")
        }
        let result = try await importCatalogue(try DemoCatalogue.csv(), currency: currency, into: products) {
            done, total in
            Console.progress("Products", done, of: total)
        }
        for problem in result.problems { report("catalogue.csv, \(problem)") }
        try folder.finishDemo()
    }
}

extension ShopWording {
    /// What the demo catalogue's shop says of itself.
    static func demo(shopName: String) -> ShopWording {
        ShopWording(
            kicker: "\(shopName) general store", heading: "Good things, kept for\u{A0}years.",
            lead: "Stoneware, linen, leather and oak. Made in small batches by people who sign their work.",
            tagline: "Everyday things, well made and chosen with care.", searchHint: "Search mugs, bags, blankets…")
    }
}
