import Commerce
import ProductContract

/// Why and by how much what is on hand changes.
struct Movement {
    var kind: StockMovement.Kind
    var quantity: Int
    var reason: String
    var order: OrderID?
}
