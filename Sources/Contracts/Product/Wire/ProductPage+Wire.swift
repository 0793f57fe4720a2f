import Commerce
import CommerceWire
import ProductContract
import ServiceKit
import SwiftProtobuf

extension ProductPage {
    init(wire: Magpie_Product_V1_ListProductsResponse) throws {
        let page = Page(try wire.products.map(Product.init(wire:)), wire: wire.page)
        self.init(
            items: page.items, nextCursor: page.nextCursor, count: page.count,
            facets: wire.hasFacets ? Facets(wire: wire.facets) : nil)
    }
}

extension Magpie_Product_V1_ListProductsResponse {
    init(_ page: ProductPage) {
        products = page.items.map(Magpie_Product_V1_Product.init)
        self.page = .init(nextCursor: page.nextCursor, count: page.count)
        if let facets = page.facets { self.facets = Magpie_Product_V1_Facets(facets) }
    }
}

extension ProductPage.Facets {
    fileprivate init(wire: Magpie_Product_V1_Facets) {
        func values(_ wire: [Magpie_Product_V1_Facets.Value]) -> [Value] {
            wire.map { Value(value: $0.value, count: Int($0.count)) }
        }
        self.init(
            categories: values(wire.categories), tags: values(wire.tags), vendors: values(wire.vendors),
            texts: Dictionary(
                wire.texts.compactMap { text in ProductText(rawValue: text.name).map { ($0, values(text.values)) } },
                uniquingKeysWith: { first, _ in first }))
    }
}

extension Magpie_Product_V1_Facets {
    fileprivate init(_ facets: ProductPage.Facets) {
        func values(_ values: [ProductPage.Facets.Value]) -> [Value] {
            values.map { value in
                .with {
                    $0.value = value.value
                    $0.count = Int64(value.count)
                }
            }
        }
        categories = values(facets.categories)
        tags = values(facets.tags)
        vendors = values(facets.vendors)
        texts = ProductText.filters.filter { $0 != .vendor }.compactMap { field in
            guard let found = facets.texts[field] else { return nil }
            return .with {
                $0.name = field.rawValue
                $0.values = values(found)
            }
        }
    }
}
