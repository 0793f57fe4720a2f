package import AuthContract
package import Commerce
package import ProductContract

/// Values with everything that can be there, and with nothing that need not be.
package enum Samples {
    package static let instant = Instant(milliseconds: 1_796_000_000_123)

    package static let fullVariant = Variant(
        id: VariantID(), sku: "MUG-R", title: "Red", options: ["Colour": "Red", "Größe": ""],
        price: Money(1_200, .usd), compareAtPrice: Money(0, .kwd), available: true, inventoryQuantity: 0, imageURL: "",
        texts: [.barcode: "4006381333931"])
    package static let sparseVariant = Variant(
        id: VariantID(), sku: "", title: "", options: [:], price: Money(-1, .jpy), compareAtPrice: nil,
        available: false, inventoryQuantity: nil)

    package static let fullProduct = Product(
        id: ProductID(), handle: "mug", title: "Mug ☕️", descriptionHTML: "<p>Holds tea</p>", vendor: "Kiln",
        category: "", tags: ["new", "tea"],
        images: [Product.Image(url: "https://example.com/a.jpg", alt: "A mug"), Product.Image(url: "b", alt: "")],
        options: [Product.Option(name: "Colour", values: ["Red", "Blue"]), Product.Option(name: "", values: [])],
        variants: [fullVariant, sparseVariant], variantCount: 2_048,
        priceRange: Product.PriceRange(min: Money(1, .eur), max: Money(.max, .eur)), available: true,
        seo: Product.SEO(title: "A mug", description: "For tea"), createdAt: instant, status: .archived, version: .max,
        texts: [.productType: "Mug"])
    package static let sparseProduct = Product(
        id: ProductID(), handle: "", title: "", descriptionHTML: "", vendor: "", category: nil, tags: [], images: [],
        options: [], variants: [], priceRange: Product.PriceRange(min: .zero(.usd), max: .zero(.usd)),
        available: false, seo: Product.SEO(title: "", description: ""), createdAt: Instant(milliseconds: 0),
        status: .draft, version: 0)

    package static let fullProductPage = ProductPage(
        items: [fullProduct, sparseProduct], nextCursor: "", count: 0,
        facets: ProductPage.Facets(
            categories: [.init(value: "mugs", count: 3)], tags: [.init(value: "", count: 0)], vendors: [],
            texts: [.vendor: [.init(value: "Kiln", count: 2)], .productType: [.init(value: "Mug", count: 1)]]))
    package static let sparseProductPage = ProductPage(items: [], nextCursor: nil, count: nil, facets: nil)

    package static let fullDetail = VariantDetail(
        variant: fullVariant, productID: fullProduct.id, productHandle: "mug", productTitle: "Mug", category: "mugs",
        tags: ["a", "b"], imageURL: "c", published: true)
    package static let sparseDetail = VariantDetail(
        variant: sparseVariant, productID: sparseProduct.id, productHandle: "", productTitle: "", category: nil,
        tags: [], imageURL: nil, published: false)

    package static let categories = [
        Category(
            id: CategoryID(), handle: "kitchen", title: "Kitchen", productCount: 4,
            children: [
                Category(
                    id: CategoryID(), handle: "mugs", title: "Mugs", productCount: 0,
                    children: [Category(id: CategoryID(), handle: "tea", title: "", productCount: 1)])
            ]),
        Category(id: CategoryID(), handle: "", title: "", productCount: 0),
    ]

    package static let level = StockLevel(variantID: VariantID(), sku: "MUG-R", tracked: true, onHand: -2, reserved: 5)
    package static let movements = [
        StockMovement(
            id: .max, variantID: VariantID(), kind: .sale, quantity: -3, reason: "sold", orderID: OrderID(),
            actor: "system:checkout", occurredAt: instant),
        StockMovement(
            id: 0, variantID: VariantID(), kind: .import, quantity: 0, reason: "", orderID: nil, actor: "",
            occurredAt: Instant(milliseconds: -1)),
    ]

    package static func signIn(_ role: Customer.Role) -> SignIn {
        SignIn(
            customer: Customer(
                id: CustomerID(), email: "ada@example.com", name: "Ada Ünal", role: role, createdAt: instant),
            accessToken: "a.b.c", refreshToken: "r", expiresIn: 900)
    }
}
