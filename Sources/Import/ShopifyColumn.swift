import ProductContract

/// The columns of a Shopify product export that are read. The raw value is the name that Shopify gives the column now.
/// https://help.shopify.com/en/manual/products/import-export/using-csv
enum ShopifyColumn: String, CaseIterable {
    case handle = "URL handle"
    case title = "Title"
    case description = "Description"
    case vendor = "Vendor"
    case productCategory = "Product category"
    case type = "Type"
    case tags = "Tags"
    case published = "Published on online store"
    case status = "Status"
    case option1Name = "Option1 name"
    case option1Value = "Option1 value"
    case option2Name = "Option2 name"
    case option2Value = "Option2 value"
    case option3Name = "Option3 name"
    case option3Value = "Option3 value"
    case sku = "SKU"
    case barcode = "Barcode"
    case price = "Price"
    case compareAtPrice = "Compare-at price"
    case taxable = "Charge tax"
    case tracker = "Inventory tracker"
    case quantity = "Inventory quantity"
    case policy = "Continue selling when out of stock"
    case requiresShipping = "Requires shipping"
    case imageURL = "Product image URL"
    case imagePosition = "Image position"
    case imageAlt = "Image alt text"
    case variantImage = "Variant image URL"
    case giftCard = "Gift card"
    case seoTitle = "SEO title"
    case seoDescription = "SEO description"

    static let optionNames: [ShopifyColumn] = [.option1Name, .option2Name, .option3Name]
    static let optionValues: [ShopifyColumn] = [.option1Value, .option2Value, .option3Value]

    /// The plain texts that the export has columns for.
    static let productTexts: KeyValuePairs<ProductText, ShopifyColumn> = [.vendor: .vendor, .productType: .type]
    static let variantTexts: KeyValuePairs<VariantText, ShopifyColumn> = [.sku: .sku, .barcode: .barcode]

    /// What Shopify called it before. Capitals and punctuation make no difference.
    private var olderNames: [String] {
        switch self {
        case .handle: ["Handle"]
        case .description: ["Body (HTML)"]
        case .productCategory: ["Standardized Product Type", "Standard Product Type"]
        case .type: ["Custom Product Type"]
        case .published: ["Published"]
        case .sku: ["Variant SKU"]
        case .barcode: ["Variant Barcode"]
        case .price: ["Variant Price"]
        case .compareAtPrice: ["Variant Compare At Price"]
        case .taxable: ["Variant Taxable"]
        case .tracker: ["Variant Inventory Tracker"]
        case .quantity: ["Variant Inventory Qty"]
        case .policy: ["Variant Inventory Policy"]
        case .requiresShipping: ["Variant Requires Shipping"]
        case .imageURL: ["Image Src"]
        case .variantImage: ["Variant Image"]
        default: []
        }
    }

    var names: [String] { [rawValue] + olderNames }

    /// Columns that Magpie has no use for and whose loss is not reported.
    static let passedOver: Set<String> = Set(
        ["Fulfillment service", "Variant Fulfillment Service", "Weight unit for display", "Variant Weight Unit"]
            .map(key))

    static let byName: [String: ShopifyColumn] = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { column in
            column.names.map { (key($0), column) }
        })

    /// The words of a column's name.
    static func key(_ name: String) -> String {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}
