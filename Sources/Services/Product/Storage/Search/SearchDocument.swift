/// What can be found of a product.
struct SearchDocument {
    var title: String
    var tags: String
    /// And the other texts of the product.
    var vendor: String
    var category: String
    /// The values of its options: `Red Blue`.
    var options: String
    /// And the other texts of the variants.
    var skus: String
    var description: String
}
