/// A message that lacks a field or has an invalid one. The server responds with `invalid_request` (422); a client that gets
/// such a response reports `internal`.
package struct WireFault: Error, Hashable {
    package let field: String
    package let detail: String

    package init(_ field: String, _ detail: String) { (self.field, self.detail) = (field, detail) }
}
