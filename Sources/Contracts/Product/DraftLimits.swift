/// How much a product may hold. Texts are counted in Unicode scalars.
package enum DraftLimits {
    package static let title = 200
    package static let descriptionHTML = 100_000
    package static let vendor = 200
    /// The title of one.
    package static let category = 100
    package static let categoryLevels = 8
    /// From the top to the category: its titles with ` > ` between them.
    package static let categoryPath = categoryLevels * (category + 3)
    package static let seoTitle = 255
    package static let seoDescription = 1_000
    package static let tags = 250
    package static let tag = 255
    package static let images = 250
    package static let imageAlt = 512
    package static let imageURL = 2_048
    package static let optionName = 100
    package static let optionValue = 255
    package static let sku = 100
    /// Minor units.
    package static let price: Int64 = 1_000_000_000_000
    package static let quantity = 1_000_000_000
}
