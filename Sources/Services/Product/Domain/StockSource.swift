import ProductContract

/// How stock comes in with a product's content.
struct StockSource {
    var kind: StockMovement.Kind
    var reason: String

    static let initial = StockSource(kind: .adjustment, reason: "initial stock")
}
