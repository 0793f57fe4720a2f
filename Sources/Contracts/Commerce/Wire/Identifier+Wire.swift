package import Commerce
import RPC

// Every `init(wire:)` of the contracts throws `WireFault` for what the message cannot mean.

extension Identifier {
    package init(wire text: String, _ field: String) throws {
        guard let id = Self(text) else { throw WireFault(field, "is not a well-formed id") }
        self = id
    }
}

extension RawRepresentable<String> {
    package init(wire text: String, _ field: String) throws {
        guard let value = Self(rawValue: text) else { throw WireFault(field, "is not one of the known values") }
        self = value
    }
}
