import ServiceKit
import Testing

@testable import Storefront

@Suite struct FormFieldsTests {
    @Test func formsOfBrowsersAreRead() throws {
        let form = try FormFields(Array("name=Ada+Park&city=K%C3%B6ln&plus=1%2B1&empty=&flag&quantity=+3+".utf8))
        #expect(form.text("name") == "Ada Park")
        #expect(form.text("city") == "Köln")
        #expect(form.text("plus") == "1+1")
        #expect(form.optional("empty") == nil)
        #expect(form.optional("flag") == nil)
        #expect(form.int("quantity") == 3)
        #expect(form.text("absent") == "")
    }

    @Test func passwordsStayAsTyped() throws {
        #expect(try FormFields(Array("password=+a%20b+".utf8)).exact("password") == " a b ")
    }

    @Test(arguments: ["a=%", "a=%zz", "a=%FF", "%C3=1"])
    func malformedFormsAreRefused(text: String) {
        #expect(throws: ServiceError.self) { try FormFields(Array(text.utf8)) }
    }

    @Test func tooManyFieldsAreRefused() {
        let text = (0...200).map { "f\($0)=1" }.joined(separator: "&")
        #expect(throws: ServiceError.self) { try FormFields(Array(text.utf8)) }
    }
}
