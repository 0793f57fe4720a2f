import Commerce
import ServiceKit

/// What is wrong with a document, shared by the readers of its objects.
final class Faults {
    private(set) var collected = FieldFaults()

    func add(_ path: String, _ code: some ErrorCodeList, _ detail: String) { collected.report(path, code, detail) }
}
