import AuthContract
import AuthService
import Calls
import CatalogueImport
import Commerce
import DemoCatalogue
import Foundation
import ProductContract
import ProductService

extension Shop {
    static let demoAdministrator = "admin@example.com"
    static let demoCustomer = "customer@example.com"
    /// Only for the demo customer, who can do nothing but shop.
    static let demoCustomerPassword = "magpie-demo"

    /// Fills an empty shop; one that has products keeps them.
    func fillWithDemo(report: (String) -> Void) async throws -> [DemoAccount] {
        try await CallContext(principal: .system("demo")).run {
            var query = ProductQuery()
            (query.limit, query.includeUnpublished) = (1, true)
            try folder.installMedia(from: DemoCatalogue.mediaFolder)
            let customer = DemoAccount(role: "Customer:", email: Self.demoCustomer, password: Self.demoCustomerPassword)
            guard try await products.products(query).items.isEmpty else {
                return [customer, DemoAccount(role: "Administrator:", email: Self.demoAdministrator, password: nil)]
            }
            report("Filling the empty shop with the demo catalogue …")
            let result = try await importCatalogue(try DemoCatalogue.csv(), currency: .usd, into: products) {
                done, total in
                Console.progress("Products", done, of: total)
            }
            for problem in result.problems { report("catalogue.csv:\(problem.line): \(problem.reason)") }
            _ = try await accounts.ensureDemoCustomer(
                email: Self.demoCustomer, password: Self.demoCustomerPassword, name: "Demo Customer")
            let administrator = try await accounts.createAdministrator(
                email: Self.demoAdministrator, password: nil, name: "Demo Administrator")
            return [
                customer,
                DemoAccount(role: "Administrator:", email: Self.demoAdministrator, password: administrator.password),
            ]
        }
    }
}
