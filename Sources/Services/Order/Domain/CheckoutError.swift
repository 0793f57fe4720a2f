/// A failure that a retry cannot cure.
enum CheckoutError: Error {
    /// Another request stored a response under the caller's key in the meantime.
    case keyTaken
    /// Data that an earlier step should have left is missing.
    case incomplete
}
