import ArgumentParser
import Commerce
import ProductContract
import ProductService
import ServiceKit

extension Export {
    struct Products: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every product, unpublished ones too.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await Export.write("products", options) { shop, cursor in
                var query = ProductQuery()
                (query.limit, query.cursor, query.includeUnpublished) = (100, cursor, true)
                var page = try await shop.products.products(query)
                for (index, item) in page.items.enumerated() where item.variantCount > item.variants.count {
                    page.items[index] = try await shop.products.product(item.id.rawValue)
                }
                return Page(items: page.items, nextCursor: page.nextCursor)
            }
        }
    }
}
