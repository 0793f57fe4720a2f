import Commerce
import ProductContract

/// The page of one product.
enum ProductViews {
    static func product(_ product: Product, choice: VariantChoice, image: Int?) -> [String: View] {
        let variant = choice.shown
        let was = variant.flatMap(CatalogueViews.compareAt)
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

    /// - Parameters:
    ///   - related: Other products to show below.
    ///   - categories: From the top to the one the product belongs to.
    static func page(
        _ product: Product, choice: VariantChoice, image: Int?, related: [Product], categories: [Category]
    ) -> [String: View] {
        var view = Self.product(product, choice: choice, image: image)
        view["related"] = .list(related.map(CatalogueViews.card))
        view["has_related"] = .flag(!related.isEmpty)
        view["crumb_parents"] = CatalogueViews.crumbs(categories)
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
}
