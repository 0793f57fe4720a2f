import Commerce
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport
import Testing

/// Descriptions are shown as they are stored: what is stored must be safe.
@Suite struct DescriptionTests {
    @Test(arguments: [
        ("<p>Fine <strong>clay</strong></p>", "<p>Fine <strong>clay</strong></p>"),
        ("<P CLASS=x onclick='a()'>Hi</P>", "<p>Hi</p>"),
        ("a<script>alert('<b>')</script>b", "ab"),
        ("a<SCRIPT src=x>b", "a"),
        ("<img src=x onerror=alert(1)>x", "x"),
        (
            "<a href=\"https://x.test/?a=1&amp;b=2\" target=_blank>y</a>",
            "<a href=\"https://x.test/?a=1&amp;b=2\">y</a>"
        ),
        ("<a href='java&#115;cript:alert(1)'>y</a>", "y"),
        ("<a href=' java\nscript:alert(1)'>y</a>", "y"),
        ("<a href='mailto:a@b.test'>y", "<a href=\"mailto:a@b.test\">y</a>"),
        ("1 < 2 & 3 > 2 &amp; &lt;b&gt;", "1 &lt; 2 &amp; 3 &gt; 2 &amp; &lt;b&gt;"),
        ("<ul><li>a<li>b</ul></div>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("a<!-- <b> --><div>b</div>", "a<p>b</p>"),
        ("<b <b <b", "&lt;b &lt;b &lt;b"),
        ("<a href=\"https://x.test/\"onmouseover=\"x()\">y</a>", "<a href=\"https://x.test/\">y</a>"),
        (
            "<a href=\"https://x.test/&quot; onclick=&quot;x()\">y</a>",
            "<a href=\"https://x.test/&quot;onclick=&quot;x()\">y</a>"
        ),
        ("<h1>T</h1><h2>U</h2><br/>", "<h2>T</h2><h2>U</h2><br>"),
        (
            "<h1>Head</h1><div>One</div><DIV class=x>Two</DIV><section><div><p>Three</p>\n</div></section>",
            "<h2>Head</h2><p>One</p><p>Two</p><p>Three</p>"
        ),
        ("<divider>a</divider>", "a"),
        ("<svg><script>x</script></svg>z", "z"),
        ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
    ]) func isMadeSafe(_ html: String, _ safe: String) async throws {
        try await withShop { shop in
            let first = try await shop.add("A", description: html)
            let again = try await shop.add("B", description: first.descriptionHTML)
            #expect(first.descriptionHTML == safe)
            #expect(again.descriptionHTML == safe)
        }
    }

    @Test func whatIsTooLongEvenToBeLookedAtIsRefused() async throws {
        try await withShop { shop in
            let refusal = await #expect(throws: ServiceError.self) {
                try await shop.add("A", description: String(repeating: "<b>", count: 133_334))
            }
            #expect(refusal?.fields.map(\.field) == ["description_html"])
        }
    }

    /// More of them than are looked at at a time; those that are safe stay as they are.
    @Test func whatEarlierVersionsStoredIsMadeSafeOnce() async throws {
        let earlier = ProductService.migrations.prefix { $0.id != "safe-descriptions" }
        try await withDatabase(Array(earlier)) { database in
            let unsafe = "<p>a\"\u{301}<script>b()</script>"
            try await database.write { tx in
                for number in 1...150 {
                    let (name, html) = ("p\(number)", number % 2 == 0 ? unsafe : "<p>c</p>")
                    try tx.execute(
                        """
                        INSERT INTO products (id, handle, title, title_key, description_html, vendor, images,
                            option_names, seo_title, seo_description, status, price_min, version, created_at,
                            updated_at)
                        VALUES (\(name), \(name), \(name), \(name), \(html), '', '[]', '[]', '', '', 'published', 0, 1,
                            0, 0)
                        """)
                }
            }
            try await database.migrate(ProductService.migrations)
            try await database.migrate(ProductService.migrations)
            let stored = try await database.read { tx in
                try tx.query("SELECT description_html, version FROM products ORDER BY number").map { row in
                    "\(try row.int64("version")) \(try row.string("description_html"))"
                }
            }
            #expect(stored == (1...150).map { $0 % 2 == 0 ? "2 <p>a\"\u{301}</p>" : "1 <p>c</p>" })
        }
    }
}
