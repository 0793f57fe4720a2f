/// What tells one kind of id from another: the prefix it is written with.
package protocol IdentifierKind: Sendable {
    static var prefix: String { get }
}

package enum ProductKind: IdentifierKind { package static let prefix = "prod" }
package enum VariantKind: IdentifierKind { package static let prefix = "var" }
package enum CategoryKind: IdentifierKind { package static let prefix = "cat" }
package enum CartKind: IdentifierKind { package static let prefix = "cart" }
package enum LineKind: IdentifierKind { package static let prefix = "line" }
package enum OrderKind: IdentifierKind { package static let prefix = "ord" }
package enum CustomerKind: IdentifierKind { package static let prefix = "cus" }
package enum EventKind: IdentifierKind { package static let prefix = "evt" }
package enum RefundKind: IdentifierKind { package static let prefix = "ref" }

package typealias ProductID = Identifier<ProductKind>
package typealias VariantID = Identifier<VariantKind>
package typealias CategoryID = Identifier<CategoryKind>
package typealias CartID = Identifier<CartKind>
package typealias LineID = Identifier<LineKind>
package typealias OrderID = Identifier<OrderKind>
package typealias CustomerID = Identifier<CustomerKind>
package typealias EventID = Identifier<EventKind>
package typealias RefundID = Identifier<RefundKind>
