/// How a contract is reached.
enum Route: String, CaseIterable {
    case theServiceItself, overTheWire
}
