import HTML
import ProductContract
import ServiceKit

/// What the product's page shows: its description and its pictures.
extension ShopifyProduct {
    mutating func description(_ main: ShopifyRow) -> String {
        let html = main[.description]
        let images = html.lowercased().ranges(of: "<img").count
        if images > 0 {
            report(.unsupported, main, .description, "pictures inside the description are not shown (\(images))")
        }
        guard html.unicodeScalars.count > DraftLimits.descriptionHTML else { return html }
        // Most of a long description is markup that is left out in any case.
        let safe = HTMLSanitizer.sanitized(html)
        guard safe.unicodeScalars.count > DraftLimits.descriptionHTML else { return safe }
        report(.notice, main, .description, "too long: cut after some \(DraftLimits.descriptionHTML) characters")
        let room = String(safe.unicodeScalars.prefix(DraftLimits.descriptionHTML * 9 / 10))
        return room.lastIndex(of: ">").map { String(room[...$0]) } ?? room
    }

    /// By `Image position`, each once; pictures that only a variant names come last.
    mutating func images(_ variants: [ProductDraft.Variant]) -> [Product.Image] {
        var found: [(position: Int, image: Product.Image)] = []
        for row in rows {
            guard let url = picture(row, .imageURL) else { continue }
            let alt = text(row, .imageAlt, limit: DraftLimits.imageAlt)
            found.append((DecimalText.quantity(row[.imagePosition])?.value ?? .max, Product.Image(url: url, alt: alt)))
        }
        found += variants.compactMap(\.imageURL).map { (.max, Product.Image(url: $0, alt: "")) }
        var seen: Set<String> = []
        let ordered = found.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
        let images = ordered.map(\.element.image).filter { seen.insert($0.url).inserted }
        if images.count > DraftLimits.images, let row = rows.first {
            report(.notice, row, .imageURL, "\(images.count) pictures: the first \(DraftLimits.images) are kept")
        }
        return Array(images.prefix(DraftLimits.images))
    }

    /// The address in the cell, with what no address may hold percent-encoded.
    mutating func picture(_ row: ShopifyRow, _ column: ShopifyColumn) -> String? {
        let text = row[column]
        guard !text.isEmpty else { return nil }
        let address = text.hasPrefix("//") ? "https:" + text : text
        let url = address.utf8.reduce(into: "") { url, byte in
            if byte > 126 || byte <= 32 || "\"<>\\".utf8.contains(byte) {
                url += "%" + hexadecimal([byte]).uppercased()
            } else {
                url.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        let scheme = ["https://", "http://", "/"].first { url.lowercased().hasPrefix($0) }
        guard let scheme, url.count > scheme.count, url.count < DraftLimits.imageURL, !holdsSeveral(text) else {
            report(.unreadable, row, column, "“\(text.prefix(60))” is no address of a picture; it is left out")
            return nil
        }
        return url
    }

    private func holdsSeveral(_ text: String) -> Bool {
        text.contains(where: \.isWhitespace) && text.ranges(of: "://").count > 1
    }
}
