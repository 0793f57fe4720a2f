/// A message that lacks something or holds what it cannot mean. The server answers `invalid_request` (422) to it; a
/// client that gets one from a server reports `internal`.
package struct WireFault: Error, Hashable {
    package let field: String
    package let detail: String

    package init(_ field: String, _ detail: String) { (self.field, self.detail) = (field, detail) }
}
