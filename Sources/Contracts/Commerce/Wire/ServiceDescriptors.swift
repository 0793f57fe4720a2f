import Foundation

/// The descriptions of all gRPC contracts, which `scripts/protos` writes.
package enum ServiceDescriptors {
    /// A serialised `google.protobuf.FileDescriptorSet`, for server reflection. Throws when it is not installed.
    package static func load() throws -> [UInt8] {
        let file = Bundle.module.bundleURL.appending(path: "Resources/services.protoset")
        return Array(try Data(contentsOf: file))
    }
}
