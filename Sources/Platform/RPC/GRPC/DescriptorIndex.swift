import SwiftProtobuf

/// Finds the file that describes a name. Extensions are of no use in proto3 and not looked for.
struct DescriptorIndex {
    /// Serialised `google.protobuf.FileDescriptorProto`s by the file's name.
    private var files: [String: [UInt8]] = [:]
    /// The file's name by the full name of what it holds.
    private var fileOfSymbol: [String: String] = [:]

    /// - Parameter descriptors: A serialised `google.protobuf.FileDescriptorSet`. Throws when it is not one.
    init(_ descriptors: [UInt8]) throws {
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: descriptors)
        for file in set.file {
            files[file.name] = try file.serializedBytes()
            for message in file.messageType { add(message, in: file.package, of: file.name) }
            for type in file.enumType { fileOfSymbol["\(file.package).\(type.name)"] = file.name }
            for service in file.service {
                let name = "\(file.package).\(service.name)"
                fileOfSymbol[name] = file.name
                for method in service.method { fileOfSymbol["\(name).\(method.name)"] = file.name }
            }
        }
    }

    func file(named name: String) -> [UInt8]? { files[name] }

    func file(describing symbol: String) -> [UInt8]? { fileOfSymbol[symbol].flatMap { files[$0] } }

    private mutating func add(_ message: Google_Protobuf_DescriptorProto, in scope: String, of file: String) {
        let name = "\(scope).\(message.name)"
        fileOfSymbol[name] = file
        for field in message.field { fileOfSymbol["\(name).\(field.name)"] = file }
        for type in message.enumType { fileOfSymbol["\(name).\(type.name)"] = file }
        for nested in message.nestedType { add(nested, in: name, of: file) }
    }
}
