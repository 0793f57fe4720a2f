import Commerce
import ServiceKit
import Testing

@Suite struct FieldFaultsTests {
    @Test func `all faults are in one error, in order`() {
        var faults = FieldFaults()
        faults.require(true, "a", FieldCode.required, "must be given")
        #expect(throws: Never.self) { try faults.check() }
        faults.require(false, "b", FieldCode.required, "must be given")
        faults.report(FieldFaults.path("lines[2]", "quantity"), FieldCode.outOfRange, "must be from 1 to 9")
        #expect(
            throws: ServiceError.invalid([
                .init(field: "b", code: "required", detail: "must be given"),
                .init(field: "lines[2].quantity", code: "out_of_range", detail: "must be from 1 to 9"),
            ])
        ) { try faults.check() }
        #expect(FieldFaults.path("", "a") == "a")
    }

    @Test func `number and length are bounded`() {
        var faults = FieldFaults()
        for _ in 0..<1_000 { faults.report(String(repeating: "x", count: 5_000), FieldCode.invalid, "d") }
        #expect(faults.fields.count == FieldFaults.maximumCount)
        #expect(faults.fields.allSatisfy { $0.field.count == FieldFaults.maximumNameLength })
    }
}
