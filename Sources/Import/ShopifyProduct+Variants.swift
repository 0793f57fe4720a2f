import Commerce
import ProductContract

extension ShopifyProduct {
    /// An option that the product's variants differ in, and its number in the file, from 0.
    struct Option {
        var number: Int
        var name: String
    }

    struct Variant {
        var draft: ProductDraft.Variant
        var place: CSVPlace
        /// Why it has no price, if it has none.
        var pricing: ImportProblem?
    }

    /// The format marks a product without options by the option `Title` with the one value `Default Title`.
    mutating func options(_ main: ShopifyRow) -> [Option] {
        var options: [Option] = []
        for (number, column) in ShopifyColumn.optionNames.enumerated() {
            let values = Set(variantRows(main).map { $0.optionValues[number] }).subtracting([""])
            let named = [main] + rows
            let row = named.first { !$0[column].isEmpty } ?? main
            var name = text(row, column, limit: DraftLimits.optionName)
            if values.isEmpty || number == 0 && ["", "Title"].contains(name) && values == ["Default Title"] {
                continue
            }
            if name.isEmpty || options.contains(where: { $0.name.lowercased() == name.lowercased() }) {
                name = name.isEmpty ? "Option \(number + 1)" : "\(name) \(number + 1)"
                report(.notice, row, column, "the option has no name of its own: it is called \(name)")
            }
            options.append(Option(number: number, name: name))
        }
        return options
    }

    mutating func variants(_ options: [Option], main: ShopifyRow) -> [Variant] {
        var variants: [Variant] = []
        var combinations: Set<[String]> = []
        for row in variantRows(main) {
            let values = options.map { option in
                text(row, ShopifyColumn.optionValues[option.number], limit: DraftLimits.optionValue)
            }
            if let empty = values.firstIndex(of: "") {
                let column = ShopifyColumn.optionValues[options[empty].number]
                report(.leftOut, row, column, "\(options[empty].name) has no value: the variant is left out")
            } else if !combinations.insert(values).inserted {
                let name = values.isEmpty ? "" : " (\(values.joined(separator: " / ")))"
                report(
                    .leftOut, row, .option1Value,
                    "another variant of \(handle) has the same options\(name): this one is left out")
            } else {
                variants.append(variant(row, values))
            }
        }
        return variants
    }

    private mutating func variant(_ row: ShopifyRow, _ values: [String]) -> Variant {
        let price = amount(row, .price)
        if let price, price.isZero { report(.notice, row, .price, "the price is 0: customers get it for nothing") }
        let stock = stock(row)
        var draft = ProductDraft.Variant(
            optionValues: values, price: price ?? .zero(currency),
            inventoryQuantity: stock.quantity, imageURL: picture(row, .variantImage), keepsStock: stock.isKept,
            texts: texts(row, ShopifyColumn.variantTexts))
        if !row[.compareAtPrice].isEmpty {
            if let compareAt = amount(row, .compareAtPrice) {
                draft.compareAtPrice = compareAt.amount > draft.price.amount ? compareAt : nil
            } else {
                report(.unreadable, row, .compareAtPrice, unreadable(row[.compareAtPrice]) + "; it is left out")
            }
        }
        guard price == nil else { return Variant(draft: draft, place: row.place) }
        let text = row[.price]
        let reason = text.isEmpty ? "the price is missing" : unreadable(text)
        return Variant(draft: draft, place: row.place, pricing: problem(.unreadable, row, .price, reason))
    }

    private func unreadable(_ amount: String) -> String {
        "“\(amount.prefix(40))” cannot be read as an amount in \(currency.code)"
    }

    private mutating func amount(_ row: ShopifyRow, _ column: ShopifyColumn) -> Money? {
        guard let reading = DecimalText.money(row[column], currency) else { return nil }
        if !reading.isPlain {
            report(.notice, row, column, "“\(row[column])” was read as \(reading.value.decimalText())")
        }
        return reading.value
    }

    /// How many there are, nil when they are not counted; and whether that is only for a variant that is new.
    private mutating func stock(_ row: ShopifyRow) -> (quantity: Int?, isKept: Bool) {
        let isStated = (row.columns.has(.tracker), row.columns.has(.quantity))
        if isStated == (false, false) { return (nil, true) }
        if isStated.0, row[.tracker].isEmpty { return (nil, false) }
        let text = row[.quantity]
        if row[.policy].lowercased() == "continue" || row.flag(.policy) == true {
            return (nil, !isStated.0 || DecimalText.quantity(text) == nil)
        }
        guard isStated.1 else { return (0, true) }
        guard let reading = DecimalText.quantity(text) else {
            let rest = "stock stays as it is, a new variant starts with none"
            if text.isEmpty {
                report(.stock, row, .quantity, "the quantity is missing: \(rest)")
            } else {
                report(.unreadable, row, .quantity, "“\(text.prefix(40))” cannot be read as a quantity; \(rest)")
            }
            return (0, true)
        }
        if reading.value < 0 {
            report(.notice, row, .quantity, "“\(text)” is less than nothing: the variant starts with none")
        } else if !reading.isPlain {
            report(.notice, row, .quantity, "“\(text)” was read as \(reading.value)")
        }
        return (max(0, reading.value), !isStated.0)
    }
}
