import SwiftProtobuf

extension Message {
    /// Fields that this version does not know are passed over.
    init(eventJSON: String) throws {
        var options = JSONDecodingOptions()
        options.ignoreUnknownFields = true
        try self.init(jsonString: eventJSON, options: options)
    }
}
