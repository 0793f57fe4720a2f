import ServiceKit

extension ServiceError {
    /// The stable code of an error, for logs.
    static func code(of error: any Error) -> String { (error as? ServiceError)?.code ?? "unexpected" }
}
