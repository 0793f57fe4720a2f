import Commerce
import ProductContract

/// The rows of one product on their way to a draft.
struct ShopifyProduct {
    let rows: [ShopifyRow]
    let currency: Currency
    private(set) var problems: [ImportProblem] = []
    /// How many of its variants cannot be taken over.
    private(set) var leftOut = 0

    init(rows: [ShopifyRow], currency: Currency) {
        self.rows = rows
        self.currency = currency
    }

    /// Nil, with the reason among the problems, when nothing of it can be sold.
    /// - Parameter skus: Those of the file so far; grows.
    mutating func draft(skus: inout Set<String>) -> ProductDraft? {
        // Grouped rows need not begin with the one that carries the title.
        guard let main = rows.first(where: { !$0["Title"].isEmpty }) else {
            if let line = rows.first?.line { report(line, "the title is missing") }
            return nil
        }
        let optionNames = optionNames(main)
        let variants = variants(optionNames: optionNames, skus: &skus)
        guard !variants.isEmpty else {
            report(main.line, "the product has no variant that can be sold")
            return nil
        }
        let tags = main["Tags"].split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        let type = main["Type"].isEmpty ? tags.first.map { $0.prefix(1).uppercased() + $0.dropFirst() } : main["Type"]
        return ProductDraft(
            handle: main.handle, title: main["Title"], descriptionHTML: main["Body (HTML)"], vendor: main["Vendor"],
            category: type, tags: tags, images: images(variants), optionNames: optionNames, variants: variants,
            seo: Product.SEO(title: main["SEO Title"], description: main["SEO Description"]), status: status(main))
    }

    private mutating func report(_ line: Int, _ reason: String) {
        problems.append(ImportProblem(line: line, reason: reason))
    }

    /// `Title` with the one value `Default Title` is how the format says: no options.
    private func optionNames(_ main: ShopifyRow) -> [String] {
        let names = Array(main.optionNames.prefix { !$0.isEmpty })
        let values = Set(rows.filter(\.hasVariant).map { $0.optionValues[0] })
        return names == ["Title"] && values.isSubset(of: ["Default Title", ""]) ? [] : names
    }

    private func status(_ main: ShopifyRow) -> Product.Status {
        switch main["Status"].lowercased() {
        case "archived": .archived
        case "draft": .draft
        default: main["Published"].lowercased() == "false" ? .draft : .published
        }
    }

    private mutating func variants(optionNames: [String], skus: inout Set<String>) -> [ProductDraft.Variant] {
        var variants: [ProductDraft.Variant] = []
        var combinations: Set<[String]> = []
        for row in rows where row.hasVariant {
            guard let variant = variant(row, optionNames: optionNames) else { continue }
            if combinations.contains(variant.optionValues) {
                report(row.line, "another variant of the product has the same options")
            } else if !variant.sku.isEmpty, skus.contains(variant.sku) {
                report(row.line, "the SKU \(variant.sku) is used twice")
            } else {
                combinations.insert(variant.optionValues)
                skus.insert(variant.sku)
                variants.append(variant)
            }
        }
        leftOut = rows.count(where: \.hasVariant) - variants.count
        return variants
    }

    private mutating func variant(_ row: ShopifyRow, optionNames: [String]) -> ProductDraft.Variant? {
        let priceText = row["Variant Price"]
        guard let price = DecimalText.money(priceText, currency) else {
            report(
                row.line,
                priceText.isEmpty ? "the price is missing" : "the price \(priceText) is no amount in \(currency.code)")
            return nil
        }
        let values = Array(row.optionValues.prefix(optionNames.count))
        guard values.allSatisfy({ !$0.isEmpty }) else {
            report(row.line, "an option has no value")
            return nil
        }
        var variant = ProductDraft.Variant(sku: row["Variant SKU"], optionValues: values, price: price)
        let compareAtText = row["Variant Compare At Price"]
        if !compareAtText.isEmpty {
            guard let compareAt = DecimalText.money(compareAtText, currency) else {
                report(row.line, "the compare-at price \(compareAtText) is no amount in \(currency.code)")
                return nil
            }
            variant.compareAtPrice = compareAt.amount > price.amount ? compareAt : nil
        }
        let isTracked = !row["Variant Inventory Tracker"].isEmpty
        if isTracked, row["Variant Inventory Policy"].lowercased() != "continue" {
            let text = row["Variant Inventory Qty"].isEmpty ? "0" : row["Variant Inventory Qty"]
            guard let quantity = Int(text) else {
                report(row.line, "the quantity \(text) is no whole number")
                return nil
            }
            variant.inventoryQuantity = max(0, quantity)
        }
        let picture = row["Variant Image"]
        variant.imageURL = picture.isEmpty ? nil : picture
        return variant
    }

    /// By `Image Position`, each once; pictures that only a variant names come last.
    private mutating func images(_ variants: [ProductDraft.Variant]) -> [Product.Image] {
        var found: [(position: Int, image: Product.Image)] = []
        for row in rows where !row["Image Src"].isEmpty {
            let url = row["Image Src"]
            guard Self.isPicture(url) else {
                report(row.line, "the image is no http(s) URL")
                continue
            }
            found.append((Int(row["Image Position"]) ?? .max, Product.Image(url: url, alt: row["Image Alt Text"])))
        }
        for url in variants.compactMap(\.imageURL) where Self.isPicture(url) {
            found.append((.max, Product.Image(url: url, alt: "")))
        }
        var seen: Set<String> = []
        let ordered = found.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
        return ordered.map(\.element.image).filter { seen.insert($0.url).inserted }
    }

    private static func isPicture(_ url: String) -> Bool {
        let lower = url.lowercased()
        let isRooted = url.hasPrefix("/") && !url.hasPrefix("//")
        return (lower.hasPrefix("https://") || lower.hasPrefix("http://") || isRooted)
            && !url.contains(where: \.isWhitespace)
    }
}
