import Commerce
import ProductContract

/// Products as cards and as a page.
enum CatalogueViews {
    static func card(_ product: Product) -> View {
        let cheapest = product.variants.first { $0.price == product.priceRange.min }
        let was = cheapest.flatMap(compareAt)
        return [
            "card_handle": .text(product.handle), "card_title": .text(product.title),
            "card_image": View(product.images.first?.url),
            "card_alt": View(product.images.first.map { $0.alt.isEmpty ? product.title : $0.alt }),
            "card_initial": View(product.title.first.map { String($0) }),
            "card_price": .text(Prices.text(product.priceRange.min)),
            "card_from": .flag(product.priceRange.min != product.priceRange.max),
            "card_was": View(was.map(Prices.text)),
            "card_badge": product.available ? (was == nil ? .nothing : "Sale") : "Sold out",
            "card_badge_kind": product.available ? "sale" : "out",
        ]
    }

    static func isOnSale(_ product: Product) -> Bool {
        product.available && product.variants.contains { compareAt($0) != nil }
    }

    static func product(_ product: Product, choice: VariantChoice, image: Int?) -> [String: View] {
        let variant = choice.shown
        let was = variant.flatMap(compareAt)
        let pickable = VariantChoice.hasPickers(product)
        let current =
            image.flatMap { product.images.indices.contains($0) ? $0 : nil }
            ?? product.images.firstIndex { $0.url == variant?.imageURL } ?? 0
        let main = product.images.indices.contains(current) ? product.images[current] : nil
        let stock = stock(of: choice)
        var view: [String: View] = [
            "handle": .text(product.handle), "title": .text(product.title), "vendor": .text(product.vendor),
            "initial": View(product.title.first.map { String($0) }),
            "description_html": .text(product.descriptionHTML),
            "price": .text(Prices.text(variant?.price ?? product.priceRange.min)),
            "was": View(was.map(Prices.text)), "sku": View(choice.exact?.sku),
            "variant_id": View(choice.exact?.id.rawValue),
            "main_image": View(main?.url),
            "main_alt": .text(main.map { $0.alt.isEmpty ? product.title : $0.alt } ?? ""),
            "stock_text": .text(stock.text), "stock_kind": .text(stock.kind),
            "buyable": .flag(choice.exact?.available == true),
            "way_on": product.available ? "Please choose another: other options are in stock." : .nothing,
            "max_quantity": "\(min(999, max(1, choice.exact?.inventoryQuantity ?? 999)))",
            "has_thumbs": .flag(product.images.count > 1), "has_pickers": .flag(pickable),
            "pickers": .list(pickable ? product.options.indices.map { picker($0, of: product, choice) } : []),
        ]
        if let was, let price = variant?.price, let saving = try? was.subtracting(price) {
            view["saving"] = .text(Prices.text(saving))
        }
        view["thumbs"] = .list(
            product.images.enumerated().map { index, image in
                [
                    "thumb_image": .text(image.url), "thumb_current": .flag(index == current),
                    "thumb_alt": "Picture \(index + 1): \(image.alt)",
                    "thumb_url": "/products/\(product.handle)?image=\(index)&variant=\(variant?.id.rawValue ?? "")",
                ]
            })
        return view
    }

    private static func picker(_ index: Int, of product: Product, _ choice: VariantChoice) -> View {
        let option = product.options[index]
        return [
            "option_name": .text(option.name), "option_selected": .text(choice.values[index]),
            "choices": .list(
                option.values.enumerated().map { number, value in
                    [
                        "choice_id": "o\(index)-\(number)", "choice_field": "o\(index)", "choice_value": .text(value),
                        "choice_on": .flag(value == choice.values[index]),
                        "choice_out": .flag(!choice.isAvailable(value, at: index)),
                    ]
                }),
        ]
    }

    private static func stock(of choice: VariantChoice) -> (text: String, kind: String) {
        guard let variant = choice.exact else { return ("Not available in this combination", "none") }
        guard variant.available else { return ("Sold out", "none") }
        if let left = variant.inventoryQuantity, (1...5).contains(left) { return ("Only \(left) left", "low") }
        return ("In stock", "good")
    }

    private static func compareAt(_ variant: Variant) -> Money? {
        variant.compareAtPrice.flatMap { $0.amount > variant.price.amount ? $0 : nil }
    }
}
