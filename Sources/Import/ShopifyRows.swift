/// The rows of one product.
struct ShopifyRows {
    /// As the file has it, in lower-case letters.
    var handle: String
    var rows: [ShopifyRow]
}
