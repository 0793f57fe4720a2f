import Foundation
import Testing

/// A shop that sells in its own currency, from the first import to the order.
@Suite(.serialized, .shape(.oneProcess)) struct CurrencyTests {
    private static let trays = """
        Handle,Title,Published,Option1 Name,Option1 Value,Variant Inventory Tracker,Variant Inventory Qty,Variant Price
        oak-tray,Oak tray,true,Title,Default Title,shopify,50,10.00

        """

    private func withTrays(_ body: (URL, _ file: String) async throws -> Void) async throws {
        try await withFolder { folder in
            let file = folder.deletingLastPathComponent().appending(path: "trays.csv")
            try Data(Self.trays.utf8).write(to: file)
            try await body(folder, file.path)
        }
    }

    private func importing(
        _ file: String, into folder: URL, _ options: [String] = [], environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        try RunningShop.command(
            ["import", "shopify", file, "--data", folder.path] + options, environment: environment)
    }

    @Test func aShopInEurosSellsInEuros() async throws {
        try await withTrays { folder, file in
            #expect(try importing(file, into: folder, ["--currency", "EUR"]).status == 0)
            // The shop has its currency now.
            let again = try importing(file, into: folder)
            #expect(again.status == 0 && again.output.contains("1 unchanged"), "\(again.output)")

            let shop = try await RunningShop.start(
                in: folder, arguments: [], environment: ["MAGPIE_TEST_PAYMENTS": "on"])
            let cart = try await shop.api("POST", "/carts", "{}")
            #expect(cart.json["currency"].string == "EUR", "\(cart.text)")
            let browser = Browser(shop)
            try await browser.open("/products/oak-tray")
            let product = browser.value(of: "product") ?? ""
            try await browser.submit("/cart/lines", ["product": product, "quantity": "1"])
            #expect(browser.page.contains("€10.00"), "\(browser.page.suffix(2_000))")
            let ordered = try await shop.filledCart(handle: "oak-tray", quantity: 2)
            let order = try await shop.checkout(cart: ordered, key: "first")
            #expect(order.status == 201, "\(order.text)")
            #expect(order.json["totals"]["subtotal"]["currency"].string == "EUR")
            #expect(shop.stop() == 0)
        }
    }

    @Test func theSettingDecidesForANewShopAndIsKept() async throws {
        try await withTrays { folder, file in
            let imported = try importing(file, into: folder, environment: ["MAGPIE_CURRENCY": "CHF"])
            // A currency without a shipping price in the built-in rules cannot be checked out: the owner is warned.
            #expect(imported.status == 0 && imported.output.contains("no shipping option has a price in CHF"))
            #expect(!imported.output.contains("USD"), "\(imported.output)")
            let other = try RunningShop.command(
                ["up", "--data", folder.path, "--currency", "EUR"],
                environment: ["MAGPIE_OPS_PORT": "\(try FreePort.next())"])
            #expect(other.status == 1 && other.output.contains("the shop sells in CHF"), "\(other.output)")
            let doctor = try RunningShop.command(["doctor", "--data", folder.path])
            #expect(doctor.output.contains("the shop sells in CHF"), "\(doctor.output)")
        }
    }

    @Test func anUnknownCurrencyIsTakenAsDollarsWithAWarning() async throws {
        try await withTrays { folder, file in
            let imported = try importing(file, into: folder)
            #expect(imported.status == 0 && imported.output.contains("taken as USD"), "\(imported.output)")
            let wrong = try importing(file, into: folder, environment: ["MAGPIE_CURRENCY": "EURO"])
            #expect(wrong.status == 64 && wrong.output.contains("MAGPIE_CURRENCY"), "\(wrong.output)")
        }
    }

    @Test func theDemoSellsInTheGivenCurrency() async throws {
        try await withFolder { folder in
            let arguments = ["--demo", "--currency", "GBP"]
            let shop = try await RunningShop.start(
                in: folder, arguments: arguments, environment: ["MAGPIE_CURRENCY": "GBP"])
            let cart = try await shop.api("POST", "/carts", "{}")
            #expect(cart.json["currency"].string == "GBP", "\(cart.text)")
            let pencils = try await shop.api("GET", "/products/cedar-pencils")
            #expect(pencils.json["variants"][0]["price"]["currency"].string == "GBP")
            let order = try await shop.checkout(
                cart: try await shop.filledCart(handle: "cedar-pencils", quantity: 1), key: "pounds")
            #expect(order.status == 201, "\(order.text)")
            #expect(shop.stop() == 0)
        }
    }
}
