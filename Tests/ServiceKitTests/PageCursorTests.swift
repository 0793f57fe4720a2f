import ServiceKit
import Testing

@Suite struct PageCursorTests {
    @Test(arguments: ["", "ord_1", "Ω \u{1F} ?/+", String(repeating: "k", count: 300)])
    func `a cursor comes back as it was`(key: String) throws {
        let cursor = PageCursor(list: "orders", key: key, number: -7)
        #expect(try PageCursor(cursor.text, of: "orders") == cursor)
        #expect(cursor.text.utf8.allSatisfy { !"+/=".utf8.contains($0) })
    }

    @Test(arguments: ["", "x", "12", "b3JkXzE", String(repeating: "A", count: 5_000)])
    func `anything else is refused`(text: String) {
        #expect(throws: PageCursor.invalid) { try PageCursor(text, of: "orders") }
    }

    @Test func `a cursor of another list and one that was cut off are refused`() {
        let text = PageCursor(list: "orders", key: "ord_1", number: 1).text
        #expect(throws: PageCursor.invalid) { try PageCursor(text, of: "customers") }
        #expect(throws: PageCursor.invalid) { try PageCursor(String(text.dropLast(4)), of: "orders") }
    }

    @Test func `a page has a cursor when more was found than it holds`() throws {
        let full = Page([1, 2, 3], limit: 2, count: 9) { PageCursor(list: "numbers", number: Int64($0)) }
        #expect(full.items == [1, 2] && full.count == 9)
        let next = PageRequest(cursor: full.nextCursor, limit: 500)
        #expect(try next.cursor(of: "numbers")?.number == 2)
        #expect(next.boundedLimit == 100)
        let last = Page([1, 2], limit: 2) { PageCursor(list: "numbers", number: Int64($0)) }
        #expect(last.items == [1, 2] && last.nextCursor == nil)
        #expect(try PageRequest().cursor(of: "numbers") == nil)
    }
}
