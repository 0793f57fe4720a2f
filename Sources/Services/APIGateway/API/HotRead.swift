import Hummingbird

/// A read of the catalogue that has the same response for everyone.
enum HotRead {
    case product(String)
    case list(query: String)
    case categories

    /// The key of the response in the cache.
    var key: String {
        switch self {
        case .product(let name): "product/\(name)"
        case .list(let query): "list?\(query)"
        case .categories: "categories"
        }
    }

    /// nil for any other route.
    init?(_ request: Request, route: String, name: String) {
        switch route {
        case RouteTable.prefix + "/products/{id}": self = .product(name)
        case RouteTable.prefix + "/products": self = .list(query: request.uri.query ?? "")
        case RouteTable.prefix + "/categories": self = .categories
        default: return nil
        }
    }
}
