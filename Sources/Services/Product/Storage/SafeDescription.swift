import Commerce
import HTML
import ProductContract
import ServiceKit

/// Descriptions as they may be stored and shown.
enum SafeDescription {
    /// The HTML without anything that could run or load. Done once, before the transaction that stores it: it takes time
    /// that others would wait for. Throws 422 for what is too long even to be looked at.
    static func of(_ html: String) throws(ServiceError) -> String {
        guard html.utf8.count <= DraftLimits.descriptionHTML * 4 else {
            throw .invalid(
                "description_html", code: FieldCode.tooLong,
                "must have at most \(DraftLimits.descriptionHTML) characters")
        }
        return HTMLSanitizer.sanitized(html)
    }
}
