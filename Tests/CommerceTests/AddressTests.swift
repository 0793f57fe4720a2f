import Commerce
import Testing

@Suite struct AddressTests {
    @Test func everyFaultIsNamed() {
        let address = Address(
            name: "", line1: "x\u{0}", city: " ", postalCode: String(repeating: "1", count: 21), country: "ZZ")
        #expect(address.problems.map(\.field) == ["name", "line1", "city", "postal_code", "country"])
    }

    /// One character can hold any number of Unicode scalars.
    @Test func scalarsAreCountedNotCharacters() {
        let name = "a" + String(repeating: "\u{301}", count: 200)
        let address = Address(name: name, line1: "x", city: "y", postalCode: "1", country: "US")
        #expect(name.count == 1 && address.problems.map(\.code) == [.tooLong])
    }
}
