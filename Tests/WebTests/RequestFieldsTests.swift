import Commerce
import HTTPTypes
import NIOCore
import ServiceKit
import Testing

@testable import Web

@Suite struct RequestFieldsTests {
    @Test(arguments: [
        (#"{"name":"Ann"}"#, []), (#"{}"#, ["name:required"]), (#"{"name":null}"#, ["name:required"]),
        (#"{"name":"  "}"#, ["name:required"]), (#"{"name":7}"#, ["name:wrong_type"]),
        (#"{"name":"abcdef"}"#, ["name:too_long"]), (#"{"name":"a\u0000"}"#, ["name:invalid_characters"]),
        (#"{"name":"a\n\t"}"#, []), (#"{"name":"a\r"}"#, ["name:invalid_characters"]),
        (#"{"name":"Ann","nmae":"x"}"#, ["nmae:unknown_field"]),
    ])
    func `a required text`(json: String, expected: [String]) throws {
        #expect(try mistakes(json) { _ = $0.string("name", max: 5) } == expected)
    }

    @Test(arguments: [
        (#"{"n":3}"#, []), (#"{"n":3.0}"#, []), (#"{"n":3.5}"#, ["n:wrong_type"]), (#"{"n":"3"}"#, ["n:wrong_type"]),
        (#"{"n":0}"#, ["n:out_of_range"]), (#"{"n":99999999999999999999}"#, ["n:out_of_range"]),
        (#"{"n":true}"#, ["n:wrong_type"]), (#"{}"#, ["n:required"]),
    ])
    func `a whole number`(json: String, expected: [String]) throws {
        #expect(try mistakes(json) { _ = $0.int("n", in: 1...999) } == expected)
    }

    @Test func `values come through`() throws {
        var body = try fields(
            #"{"s":"é\ud83d\ude00","n":-2,"b":true,"tags":["a","b"],"p":{"amount":5,"currency":"JPY"}}"#)
        let (text, number, flag) = (body.string("s"), body.int("n", in: -5...5), body.bool("b"))
        let (tags, price) = (body.strings("tags"), body.money("p"))
        #expect(text == "é😀" && number == -2 && flag)
        #expect(tags == ["a", "b"])
        #expect(price == Money(5, .jpy))
        try body.finish()
    }

    @Test func `all mistakes are reported at once, nested ones with their path`() throws {
        let found = try mistakes(#"{"payment":{"token":1,"x":1},"lines":[{"quantity":1},{"quantity":0}],"flag":"no"}"#)
        { body in
            if var payment = body.object("payment") { _ = payment.string("token") }
            for var line in body.objects("lines") { _ = line.int("quantity", in: 1...999) }
            _ = body.optionalBool("flag")
            _ = body.string("email")
        }
        #expect(
            found == [
                "payment.token:wrong_type", "lines[1].quantity:out_of_range", "flag:wrong_type", "email:required",
                "payment.x:unknown_field",
            ])
    }

    @Test func `an address reports every part`() throws {
        let json = #"{"to":{"name":"Ann","line1":3,"city":"Oslo","postal_code":"1","country":"Norway","zip":"1"}}"#
        let found = try mistakes(json) { _ = $0.address("to") }
        #expect(found == ["to.line1:wrong_type", "to.country:invalid_country", "to.zip:unknown_field"])
        var body = try fields(#"{"to":{"name":"Ann","line1":"A 1","city":"Oslo","postal_code":"1","country":"NO"}}"#)
        let address = body.address("to")
        #expect(address?.city == "Oslo")
        try body.finish()
    }

    @Test func `the response does not outgrow a request full of mistakes`() throws {
        let many = JSONBounds(elements: 10_000, keys: 10_000)
        let names = (0..<10_000).map { #""\#($0)\#(String(repeating: "x", count: 90))":0"# }.joined(separator: ",")
        let error = #expect(throws: ServiceError.self) { try fields("{\(names)}", within: many).finish() }
        #expect(error?.fields.count == 100)
        let long = try mistakes(#"{"\#(String(repeating: "x", count: 900_000))":0}"#) { _ in }
        #expect(long.allSatisfy { $0.utf8.count < 300 })
        let lines = Array(repeating: #"{"n":"x"}"#, count: 500).joined(separator: ",")
        let found = try mistakes(#"{"lines":[\#(lines)]}"#, within: many) { body in
            for var line in body.objects("lines", maxCount: 1_000) { _ = line.int("n", in: 1...9) }
        }
        #expect(found.count == 100)
    }

    @Test func `null and absent differ for those who ask`() throws {
        let body = try fields(#"{"a":null}"#)
        #expect(body.has("a") && body.isNull("a") && !body.has("b") && !body.isNull("b"))
        try body.finish()
    }

    @Test(arguments: [
        "", "{", #"{"a":"#, "{\"a\":1}}", #"{"a":01}"#, #"{"a":"\ud800"}"#, #"{"a":1,"a":2}"#, "{\"a\":\"\u{1}\"}",
        "nul",
        #"{"a":1e999}"#, #"{'a':1}"#, #"{"a":1,}"#,
        String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
    ])
    func `malformed JSON is 400`(json: String) throws {
        let error = #expect(throws: ServiceError.self) { try fields(json) }
        #expect(error?.kind == .unreadable)
        #expect(error?.code == "invalid_json")
    }

    @Test func `bytes that are not UTF-8 are 400`() {
        let error = #expect(throws: ServiceError.self) {
            try JSONValue(
                parsing: ByteBuffer(bytes: Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8)),
                within: BodyBounds.small.json)
        }
        #expect(error?.code == "invalid_json")
    }

    @Test func `nesting up to the limit is read`() throws {
        let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(throws: Never.self) {
            try JSONValue(parsing: ByteBuffer(string: text), within: BodyBounds.small.json)
        }
    }

    @Test(arguments: [
        (nil, 415), ("text/plain", 415), ("application/json; charset=latin1", 415),
        ("Application/JSON; charset=UTF-8", 200),
    ])
    func `only JSON in UTF-8 is taken`(contentType: String?, status: Int) throws {
        do {
            _ = try fields("{}", contentType: contentType)
            #expect(status == 200)
        } catch {
            #expect(Problem(error).status.code == status)
            #expect(Problem(error).code == "unsupported_media_type")
        }
    }

    @Test func `an array for a body is 422, no body can be allowed`() throws {
        let error = #expect(throws: ServiceError.self) { try fields("[]") }
        #expect(error?.kind == .invalid)
        try fields("", contentType: nil, allowEmpty: true).finish()
    }

    @Test func `the digest follows method, path and body`() throws {
        // printf 'POST /x\n{}' | sha256sum
        let digest = try fields("{}").requestDigest
        #expect(digest.count == 64)
        #expect(try digest == fields("{}").requestDigest)
        #expect(try digest != fields("{ }").requestDigest)
        #expect(digest != IdempotencyHeader.digest(method: "PUT", path: "/x", body: ByteBuffer(string: "{}")))
    }
}

@Suite struct QueryFieldsTests {
    @Test func `parameters are decoded and repeated ones kept`() throws {
        let query = try QueryFields(query: "tag=a&tag=b%20c&price%5Bgte%5D=10&q=red+shoes&unknown=1")
        #expect(try query.strings("tag") == ["a", "b c"])
        #expect(try query.int("price[gte]", in: 0...100) == 10)
        #expect(try query.string("q") == "red shoes")
        #expect(try query.limit() == 20)
        #expect(try query.cursor() == nil)
    }

    @Test(arguments: ["0", "101", "x", "-1", "99999999999999999999"])
    func `a limit out of range is 422`(limit: String) throws {
        let query = try QueryFields(query: "limit=\(limit)")
        let error = #expect(throws: ServiceError.self) { try query.limit() }
        #expect(error?.kind == .invalid)
        #expect(error?.fields.first?.field == "limit")
    }

    @Test(arguments: ["q=%ff", "q=%zz", "q=%4", "%"]) func `broken percent-encoding is 400`(query: String) {
        let error = #expect(throws: ServiceError.self) { try QueryFields(query: query) }
        #expect(error?.kind == .unreadable)
    }
}
