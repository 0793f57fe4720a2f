package import EventLog

/// A product was created, updated or archived.
package struct ProductChanged: Hashable, EventPayload {
    package var productID: String
    package var handle: String
    package var version: Int64
    /// `created`, `updated` or `archived`.
    package var change: String
    /// `cus_…` or `system:import`.
    package var actor: String

    package init(productID: String, handle: String, version: Int64, change: String, actor: String) {
        self.productID = productID
        self.handle = handle
        self.version = version
        self.change = change
        self.actor = actor
    }

    package static var topic: Topic { .catalogue }
    package var key: String { productID }
}
