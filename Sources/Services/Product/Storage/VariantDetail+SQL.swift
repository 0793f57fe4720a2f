import Commerce
import ProductContract
import SQL

extension VariantDetail {
    /// Those of the variants that are sold, with two queries however many they are.
    static func all(_ ids: [VariantID], in tx: any SQLTransaction) throws -> [VariantID: VariantDetail] {
        let variants = try VariantRecord.all(where: "v.retired = 0 AND v.id IN \(in: ids)", in: tx)
        let numbers = Array(Set(variants.map(\.productNumber)))
        let records = try ProductRecord.all(where: "p.number IN \(in: numbers)", variants: .none, in: tx)
        let products = Dictionary(records.map { ($0.number, $0) }) { first, _ in first }
        let found = variants.compactMap { variant in
            products[variant.productNumber].map { (variant.id, VariantDetail(variant, of: $0)) }
        }
        return Dictionary(found) { first, _ in first }
    }

    private init(_ variant: VariantRecord, of product: ProductRecord) {
        self.init(
            variant: variant.variant(optionNames: product.optionNames), productID: product.id,
            productHandle: product.handle, productTitle: product.title, category: product.categoryHandle,
            tags: product.tags, imageURL: variant.imageURL ?? product.images.first?.url,
            published: product.status == .published)
    }
}
