import Commerce
import ProductContract
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
}
