import Commerce
import ProductContract

/// Makes a draft of the rows of one product.
struct ShopifyProduct {
    let handle: String
    let rows: [ShopifyRow]
    let currency: Currency
    private(set) var problems: [ImportProblem] = []

    init(_ rows: ShopifyRows, currency: Currency) {
        handle = rows.handle
        self.rows = rows.rows
        self.currency = currency
    }

    /// Nil, with the reason among the problems, when its rows describe no product.
    mutating func entry(isComplete: Bool) -> ShopifyEntry? {
        // Grouped rows need not begin with the one that carries the title.
        let titled = rows.first { !$0[.title].isEmpty }
        guard let main = titled ?? rows.first(where: \.hasVariant) else {
            if let row = rows.first { report(.leftOut, row, .title, "the title is missing: the row is left out") }
            return nil
        }
        let options = options(main)
        let variants = variants(options, main: main)
        guard !variants.isEmpty else {
            report(.leftOut, main, nil, "the product has no variant that can be read: it is left out")
            return nil
        }
        let tags = tags(main)
        let texts = texts(main, ShopifyColumn.productTexts)
        var draft = ProductDraft(
            handle: ProductHandle.imported(handle), title: text(main, .title, limit: DraftLimits.title),
            descriptionHTML: description(main), category: category(main, tags), tags: tags,
            images: images(variants.map(\.draft)),
            optionNames: options.map(\.name), variants: variants.map(\.draft), seo: seo(main), status: status(main),
            texts: texts)
        if titled == nil {
            draft.title = handle.split(separator: "-").joined(separator: " ").capitalizedFirst
            draft.status = draft.status == .published ? .draft : draft.status
            report(.unreadable, main, .title, "the title is missing: \(handle) is not on sale until it has one")
        }
        reportAddress(main, draft.handle)
        reportFlags()
        let unpriced = variants.enumerated().compactMap { index, variant in variant.pricing.map { (index, $0) } }
        return ShopifyEntry(
            place: rows[0].place, content: draft, places: variants.map(\.place),
            unpriced: Dictionary(uniqueKeysWithValues: unpriced), isUntitled: titled == nil,
            isComplete: isComplete && variants.count == variantRows(main).count)
    }

    mutating func report(_ kind: ImportProblem.Kind, _ row: ShopifyRow, _ column: ShopifyColumn?, _ reason: String) {
        let problem = problem(kind, row, column, reason)
        // Some cells are read for two purposes.
        if !problems.contains(problem) { problems.append(problem) }
    }

    func problem(
        _ kind: ImportProblem.Kind, _ row: ShopifyRow, _ column: ShopifyColumn?, _ reason: String
    ) -> ImportProblem {
        ImportProblem(kind: kind, place: row.place, column: column.map(row.columns.name), reason: reason)
    }

    /// A product of a title alone has one variant.
    func variantRows(_ main: ShopifyRow) -> [ShopifyRow] {
        let found = rows.filter(\.hasVariant)
        return found.isEmpty ? [main] : found
    }

    /// The cell as one line of text that the catalogue has room for.
    mutating func text(_ row: ShopifyRow, _ column: ShopifyColumn, limit: Int) -> String {
        cut(oneLine(row[column], row, column), row, column, limit: limit)
    }

    /// The plain texts of the row, as the catalogue accepts them. Spreadsheets keep the digits of a number behind an
    /// apostrophe, which is not part of it.
    mutating func texts<Field: TextField>(
        _ row: ShopifyRow, _ columns: KeyValuePairs<Field, ShopifyColumn>
    ) -> [Field: String] {
        var texts: [Field: String] = [:]
        for (field, column) in columns {
            var value = text(row, column, limit: field.limit)
            if field.fault(in: value) != nil, value.hasPrefix("'") { value = String(value.dropFirst()).trimmed }
            if let fault = field.fault(in: value) {
                report(.unreadable, row, column, "“\(value.prefix(60))” \(fault); it is left out")
            } else if !value.isEmpty {
                texts[field] = value
            }
        }
        return texts
    }

    private mutating func oneLine(_ text: String, _ row: ShopifyRow, _ column: ShopifyColumn) -> String {
        let lines = text.unicodeScalars.split { $0.value < 32 || $0.value == 127 }
        guard lines.count > 1 || lines.first.map({ $0.count < text.unicodeScalars.count }) ?? false else { return text }
        report(.notice, row, column, "line breaks became spaces")
        return lines.map { String($0).trimmed }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private mutating func cut(_ text: String, _ row: ShopifyRow, _ column: ShopifyColumn, limit: Int) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        report(.notice, row, column, "too long: cut after \(limit) characters")
        return String(text.unicodeScalars.prefix(limit)).trimmed
    }

    private mutating func seo(_ main: ShopifyRow) -> Product.SEO {
        Product.SEO(
            title: text(main, .seoTitle, limit: DraftLimits.seoTitle),
            description: cut(main[.seoDescription], main, .seoDescription, limit: DraftLimits.seoDescription))
    }

    private mutating func tags(_ main: ShopifyRow) -> [String] {
        let words = oneLine(main[.tags], main, .tags).split(separator: ",").map(\.trimmed)
        let tags = words.filter { !$0.isEmpty }.map { cut($0, main, .tags, limit: DraftLimits.tag) }
        guard tags.count > DraftLimits.tags else { return tags }
        report(.notice, main, .tags, "\(tags.count) tags: the first \(DraftLimits.tags) are kept")
        return Array(tags.prefix(DraftLimits.tags))
    }

    /// The shop's own type of product, else Shopify's category with what is above it, else the first tag.
    private mutating func category(_ main: ShopifyRow, _ tags: [String]) -> String? {
        let type = text(main, .type, limit: DraftLimits.category)
        if !type.isEmpty { return type }
        let path = text(main, .productCategory, limit: 1_000).split(separator: ">")
            .map(\.trimmed).filter { !$0.isEmpty }
        if let leaf = path.last, leaf.lowercased() != "uncategorized" {
            let levels = DraftLimits.categoryLevels
            if path.count > levels {
                report(.notice, main, .productCategory, "\(path.count) levels: the first \(levels) are kept")
            }
            return path.prefix(levels).map { cut($0, main, .productCategory, limit: DraftLimits.category) }
                .joined(separator: " > ")
        }
        return tags.first.map { cut($0.capitalizedFirst, main, .tags, limit: DraftLimits.category) }
    }

    private mutating func status(_ main: ShopifyRow) -> Product.Status {
        let status = main[.status]
        switch status.lowercased() {
        case "archived": return .archived
        case "draft": return .draft
        case "", "active": break
        case "unlisted":
            report(.notOnSale, main, .status, "\(handle) is unlisted, which is not supported: it is kept as a draft")
            return .draft
        default:
            report(.notOnSale, main, .status, "“\(status)” is unknown: \(handle) is kept as a draft")
            return .draft
        }
        if let card = rows.first(where: { $0.flag(.giftCard) == true }) {
            report(.notOnSale, card, .giftCard, "gift cards are not supported: \(handle) is kept as a draft")
            return .draft
        }
        if main[.published].isEmpty { return .published }
        guard let isPublished = main.flag(.published) else {
            report(.notOnSale, main, .published, "“\(main[.published])” is unknown: \(handle) is kept as a draft")
            return .draft
        }
        return isPublished ? .published : .draft
    }

    private mutating func reportAddress(_ main: ShopifyRow, _ mapped: String) {
        if main[.handle].isEmpty {
            return report(.address, main, .handle, "the handle is missing: the title makes it /products/\(mapped)")
        }
        guard mapped != handle else { return }
        report(.address, main, .handle, "“\(handle)” becomes /products/\(mapped), in every import the same")
    }

    private mutating func reportFlags() {
        let unshipped = rows.filter { $0.flag(.requiresShipping) == false }
        if let row = unshipped.first {
            let what = "\(handle) needs no shipping (\(unshipped.count) of its variants)"
            report(.unsupported, row, .requiresShipping, "\(what): the shop charges shipping for it")
        }
        let untaxed = rows.filter { $0.flag(.taxable) == false }
        if let row = untaxed.first {
            let what = "\(handle) is not taxable (\(untaxed.count) of its variants)"
            report(.unsupported, row, .taxable, "\(what): the shop's tax rules apply to it all the same")
        }
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
