import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Pages load pictures by https only, whoever stored their addresses.
@Suite struct PictureTests {
    @Test(arguments: [
        ("http://x.test/a.jpg", "https://x.test/a.jpg"), ("HTTP://x.test/a.jpg", "https://x.test/a.jpg"),
        ("HTTPS://x.test/a.jpg", "https://x.test/a.jpg"), ("/media/a.svg", "/media/a.svg"),
    ])
    func plainHTTPBecomesHTTPS(url: String, stored: String) async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            draft.images = [Product.Image(url: url, alt: "A mug")]
            draft.variants[0].imageURL = url
            let product = try await asStaff { [draft] in try await shop.service.create(draft).value }
            #expect(product.images.map(\.url) == [stored])
            #expect(product.variants[0].imageURL == stored)
        }
    }

    @Test(arguments: ["//x.test/a.jpg", "//\u{301}x.test/a.jpg", "ftp://x.test/a.jpg", "https://"])
    func addressesElsewhereAreRefused(url: String) async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            draft.images = [Product.Image(url: url, alt: "A mug")]
            let error = await refusal { [draft] in _ = try await asStaff { try await shop.service.create(draft) } }
            #expect(error?.fields.map(\.field) == ["images[0].url"])
        }
    }
}
