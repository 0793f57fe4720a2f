import ServiceKit
import Testing

@Suite struct JSONTests {
    private struct Thing: Codable, Hashable {
        var url: String
        var count: Int
    }

    @Test func `the same value has the same text`() throws {
        let thing = Thing(url: "https://magpie.example/a", count: 3)
        let text = #"{"count":3,"url":"https://magpie.example/a"}"#
        #expect(try JSON.text(thing) == text)
        #expect(try JSON.encode(thing) == Array(text.utf8))
        #expect(try JSON.decode(Thing.self, from: text) == thing)
        #expect(try JSON.decode(from: Array(text.utf8)) == thing)
    }

    @Test func `a value of any shape is read`() throws {
        let text = #"{"a":[null,true,1,1.5,"x"],"b":{"c":9223372036854775807}}"#
        let value = try JSON.decode(JSONValue.self, from: text)
        #expect(value["a"] == .array([.null, .bool(true), .int(1), .double(1.5), .string("x")]))
        #expect(value["b"]?["c"] == .int(.max))
        #expect(try JSON.text(value) == text)
    }
}
