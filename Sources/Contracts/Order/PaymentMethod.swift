/// A way to pay that checkout offers.
package struct PaymentMethod: Hashable, Sendable, Codable {
    /// What a page has to do so that the customer can pay. Open: a page leaves out methods of a kind it does not know.
    package struct Kind: RawRepresentable, Hashable, Sendable, Codable {
        /// For trying a shop out: no money moves, and the customer picks what happens among `choices`.
        package static let test = Kind(rawValue: "test")

        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
    }

    /// A token that can be given as it stands, with words for it.
    package struct Choice: Hashable, Sendable, Codable {
        package var token: String
        package var name: String
        package var hint: String

        package init(token: String, name: String, hint: String) {
            self.token = token
            self.name = name
            self.hint = hint
        }
    }

    /// For `PaymentInstruction.provider`.
    package var provider: String
    package var name: String
    package var kind: Kind
    /// Empty where the token comes from the provider's page.
    package var choices: [Choice]

    package init(provider: String, name: String, kind: Kind, choices: [Choice] = []) {
        self.provider = provider
        self.name = name
        self.kind = kind
        self.choices = choices
    }
}
