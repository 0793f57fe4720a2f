import Commerce
import EventLog
import Logging
import ProductContract
import ProductService
import SQL
import TestSupport
import Testing

/// What the shop sells in: decided once, by a setting or by the first product.
@Suite struct ShopCurrencyTests {
    private func withCatalogue(_ body: (ProductService) async throws -> Void) async throws {
        try await withDatabase(ProductService.migrations) { database in
            try await withEventLog { log in
                try await body(ProductService(database: database, log: log, logger: Logger(label: "test")))
            }
        }
    }

    private func add(_ title: String, in currency: Currency, to products: ProductService) async throws {
        var draft = ProductDraft.simple(title, price: 1_000, stock: 1)
        draft.variants[0].price = Money(1_000, currency)
        _ = try await asStaff { [draft] in try await products.save(draft) }
    }

    @Test func theFirstProductDecides() async throws {
        try await withCatalogue { products in
            #expect(try await products.shopCurrency() == nil)
            try await add("One", in: .eur, to: products)
            try await add("Two", in: .kwd, to: products)
            #expect(try await products.shopCurrency() == .eur)
        }
    }

    @Test func aSettingDecidesUntilThereAreProducts() async throws {
        try await withCatalogue { products in
            #expect(try await products.proposeShopCurrency(.eur) == .eur)
            #expect(try await products.proposeShopCurrency(.jpy) == .jpy)
            try await add("One", in: .usd, to: products)
            #expect(try await products.proposeShopCurrency(.eur) == .jpy)
            #expect(try await products.shopCurrency() == .jpy)
            try await products.changeShopCurrency(to: .eur)
            #expect(try await products.shopCurrency() == .eur)
        }
    }

    /// A catalogue of the version before has no such row.
    @Test func aShopOfBeforeSellsInWhatMostOfItsPricesAreIn() async throws {
        let before = Array(ProductService.migrations.prefix { $0.id != "shop-currency" })
        try await withDatabase(before) { database in
            try await database.write { tx in
                for (number, currency) in ["GBP", "EUR", "EUR"].enumerated() {
                    try tx.execute(
                        """
                        INSERT INTO products (id, handle, title, title_key, description_html, vendor, images,
                            option_names, seo_title, seo_description, status, price_min, version, created_at, updated_at)
                        VALUES (\("p\(number)"), \("h\(number)"), 't', 't', '', '', '[]', '[]', '', '', 'published', 1, 1,
                            1, 1)
                        """)
                    try tx.execute(
                        """
                        INSERT INTO variants (id, product_number, position, sku, option_values, currency, price)
                        SELECT \("v\(number)"), number, 0, '', '[]', \(currency), 1 FROM products WHERE id = \("p\(number)")
                        """)
                }
            }
            try await database.migrate(ProductService.migrations)
            let stored = try await database.read { tx in try tx.first("SELECT currency FROM shop") }
            #expect(try stored?.string("currency") == "EUR")
        }
    }
}
