import Foundation
import Testing

/// `up --demo` on a new folder, on an unfinished one, and on a shop with its own products.
@Suite(.serialized, .shape(.oneProcess)) struct DemoTests {
    private static let lamps = """
        Handle,Title,Body (HTML),Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price
        desk-lamp,Desk Lamp,<p>Bright</p>,Lamps,true,Title,Default Title,LAMP,5,30.00

        """

    @Test func anImportedShopKeepsItsOwnLookPricesAndAccounts() async throws {
        try await withFolder { folder in
            let file = folder.deletingLastPathComponent().appending(path: "lamps.csv")
            try Data(Self.lamps.utf8).write(to: file)
            let imported = try RunningShop.command(["import", "shopify", file.path, "--data", folder.path])
            #expect(imported.status == 0, "\(imported.output)")

            let shop = try await RunningShop.start(in: folder, environment: ["MAGPIE_SHOP_NAME": "Nordlys"])
            let browser = Browser(shop)
            try await browser.open("/")
            #expect(browser.page.contains("<h1>Nordlys</h1>"))
            for words in ["Stoneware", "general store", "hero.svg", "Search mugs", "chosen with care"] {
                #expect(!browser.page.contains(words), "\(words)")
            }
            let cart = try await shop.filledCart(handle: "desk-lamp", quantity: 5)
            let priced = try await shop.api("GET", "/carts/\(cart)")
            #expect(priced.json["totals"]["discount_total"]["amount"].int == 0, "\(priced.text)")
            #expect(try await shop.api("POST", "/carts/\(cart)/coupons", #"{"code":"WELCOME10"}"#).status == 422)
            #expect(shop.log.contains("the demo is not added") && !shop.log.contains("password"))
            let login = try await shop.api(
                "POST", "/auth/login", #"{"email":"customer@example.com","password":"magpie-demo"}"#)
            #expect(login.status == 401, "\(login.text)")
            #expect(shop.stop() == 0)
        }
    }

    /// The state after a crash: the mark that the demo has begun, and a part of its catalogue.
    @Test func anUnfinishedStartIsFinished() async throws {
        try await withFolder { folder in
            let whole = try await RunningShop.start(in: folder)
            let products = try await Self.productCount(whole)
            #expect(whole.stop() == 0)
            let files = FileManager.default
            try files.moveItem(
                at: folder.appending(path: "demo-complete"), to: folder.appending(path: "demo-unfinished"))
            for name in ["auth.sqlite", "offers.json", "media/hero.svg"] {
                try files.removeItem(at: folder.appending(path: name))
            }

            let shop = try await RunningShop.start(in: folder)
            #expect(try await Self.productCount(shop) == products)
            #expect(try await Client.shared.get("http://127.0.0.1:\(shop.port)/media/hero.svg").status == 200)
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
            #expect(try await shop.api("POST", "/carts/\(cart)/coupons", #"{"code":"WELCOME10"}"#).status == 200)
            try await Self.everyAnnouncedAccountCanLogIn(shop)
            #expect(shop.stop() == 0)
            #expect(files.fileExists(atPath: folder.appending(path: "demo-complete").path))
        }
    }

    /// As with engines that a stopped cluster has deleted.
    @Test func aFolderWithoutItsDatabasesIsFilledAgain() async throws {
        try await withFolder { folder in
            let first = try await RunningShop.start(in: folder)
            let products = try await Self.productCount(first)
            #expect(first.stop() == 0)
            let files = FileManager.default
            for file in try files.contentsOfDirectory(atPath: folder.path) where file.contains(".sqlite") {
                try files.removeItem(at: folder.appending(path: file))
            }
            let second = try await RunningShop.start(in: folder)
            #expect(try await Self.productCount(second) == products)
            try await Self.everyAnnouncedAccountCanLogIn(second)
            #expect(second.stop() == 0)
        }
    }

    private static func productCount(_ shop: RunningShop) async throws -> Int? {
        try await shop.api("GET", "/products?count=true").json["count"].int
    }

    private static func everyAnnouncedAccountCanLogIn(_ shop: RunningShop) async throws {
        let accounts = shop.log.matches(of: #/(\S+@example\.com), password (\S+)\n/#)
        #expect(
            accounts.contains { $0.1 == "customer@example.com" } && accounts.contains { $0.1 == "admin@example.com" })
        for account in accounts.suffix(2) {
            let login = try await shop.api(
                "POST", "/auth/login", #"{"email":"\#(account.1)","password":"\#(account.2)"}"#)
            #expect(login.status == 200, "\(account.1): \(login.text)")
        }
    }
}
