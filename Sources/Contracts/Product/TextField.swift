/// Declares the plain texts of something, a case each, named as in JSON and in the table. Reading requests, checking,
/// storing, searching, importing and answering go through the list of all cases: a new text needs its case, a column and
/// its field in the `.proto`.
package protocol TextField: CaseIterable, CodingKey, Hashable, RawRepresentable, Sendable
where AllCases == [Self], RawValue == String {
    /// The most characters, in Unicode scalars.
    var limit: Int { get }
    /// What stands in JSON and in the table for a text that is not set.
    var absent: String? { get }
    /// Why the text cannot be this one, which is neither empty nor too long; nil when it can.
    func fault(in text: String) -> String?
}

extension TextField {
    package var absent: String? { nil }
    package func fault(in text: String) -> String? { nil }

    /// Those that are set.
    static func decode(from decoder: any Decoder) throws -> [Self: String] {
        let container = try decoder.container(keyedBy: Self.self)
        var texts: [Self: String] = [:]
        // Responses that were stored before there was a field lack it.
        for field in allCases {
            texts[field] = try container.decodeIfPresent(String.self, forKey: field).flatMap { $0.isEmpty ? nil : $0 }
        }
        return texts
    }

    static func encode(_ texts: [Self: String], to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Self.self)
        for field in allCases { try container.encode(texts[field] ?? field.absent, forKey: field) }
    }
}
