import HTML
import Mustache
import Testing

/// Browsers read bytes: one Swift character may hold markup.
@Suite struct EscapingTests {
    static let marks = ["\u{301}", "\u{20E3}", "\u{600}"]

    @Test(arguments: [("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), ("\"", "&quot;"), ("'", "&#39;")], marks)
    func noMarkHidesAnything(sign: (String, String), mark: String) throws {
        let text = mark + sign.0 + mark
        let escaped = Array((mark + sign.1 + mark).utf8)
        #expect(Array(HTMLText.escaped(text).utf8) == escaped)
        var library = MustacheLibrary()
        library.register(try HTMLTemplate.compiled("{{#a}}{{a}}{{/a}}"), named: "part")
        library.register(try HTMLTemplate.compiled("{{a}}{{>part}}"), named: "whole")
        #expect(Array((library.render(["a": text], withTemplate: "whole") ?? "").utf8) == escaped + escaped)
    }

    @Test func everythingElseStaysAsItIs() {
        #expect(HTMLText.escaped("Zoë, 12 µm; 🐦") == "Zoë, 12 µm; 🐦")
    }

    @Test(arguments: marks) func descriptionsAreSanitisedByBytes(mark: String) {
        let sources = [
            "<p>a\(mark)</p\(mark)>", "\(mark)<script>alert(1)</script>", "<\(mark)script>alert(1)</script>",
            "<a href=\"https://x.test/\(mark)\"\(mark)onclick=x>y</a>",
            "<a href='https://x.test/\"\(mark)onclick=x'>y</a>", "<a href='https:/\(mark)/x'>y</a>",
            "<a href='java&#115;\(mark)cript:x'>y</a>", "<img src=x\(mark) onerror=alert(1)>\(mark)>",
        ]
        for source in sources {
            let safe = HTMLSanitizer.sanitized(source)
            let bytes = Array(safe.utf8)
            for tag in ["<script", "<img", "\"\(mark)", "cript:"] {
                #expect(!bytes.contains(tag.utf8) || tag == "\"\u{600}", "\(source): \(safe)")
            }
            #expect(HTMLSanitizer.sanitized(safe) == safe)
        }
        let link = HTMLSanitizer.sanitized("<a href='https://x.test/\"\(mark)onclick=x'>y</a>")
        #expect(Array(link.utf8) == Array("<a href=\"https://x.test/&quot;\(mark)onclick=x\">y</a>".utf8))
    }

    @Test(arguments: [
        ("<h2>Care</h2><p>x<h5>y</h5>", "<h2>Care</h2><p>x</p><h5>y</h5>"),
        ("<p>x<hr>y", "<p>x</p><hr>y"),
        ("<table class=x><tr><th>S</th><td>12</td></table>", "<table><tr><th>S</th><td>12</td></tr></table>"),
    ])
    func whatDescriptionsNeedIsKept(source: String, safe: String) {
        #expect(HTMLSanitizer.sanitized(source) == safe)
    }
}
