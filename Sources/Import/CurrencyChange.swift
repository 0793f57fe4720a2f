package import Commerce
import ProductContract

/// A file whose prices would put products of the shop into another currency: most likely it is in theirs.
package struct CurrencyChange: Error, Hashable, CustomStringConvertible {
    /// How many products have each of the other currencies.
    package let products: [Currency: Int]
    /// The file's.
    package let currency: Currency

    /// Nil when every product of the file that the shop has is in the file's currency.
    init?(of handles: [String], into currency: Currency, in shop: any Products) async throws {
        var products: [Currency: Int] = [:]
        let batch = 500
        for start in stride(from: 0, to: handles.count, by: batch) {
            let some = Array(handles[start..<min(start + batch, handles.count)])
            for other in try await shop.currencies(of: some).values where other != currency {
                products[other, default: 0] += 1
            }
        }
        guard !products.isEmpty else { return nil }
        (self.products, self.currency) = (products, currency)
    }

    package var description: String {
        let others = products.sorted { $0.key.code < $1.key.code }
        let counts = others.map { "\($0.value) product\($0.value == 1 ? "" : "s") from \($0.key.code)" }
        let options = others.map { "--currency \($0.key.code)" }.joined(separator: " or ")
        return
            "The file would change \(counts.joined(separator: " and ")) to \(currency.code), and nothing was imported. "
            + "Give \(options) if its prices are in that, or --change-currency if the change is meant."
    }
}
