import Identity
import Logging
import Web

/// What a module makes its service of.
struct ServiceDependencies: Sendable {
    private let declaration: ServiceDeclaration
    private let composition: Composition

    init(of declaration: ServiceDeclaration, in composition: Composition) {
        self.declaration = declaration
        self.composition = composition
    }

    var settings: Settings { composition.settings }
    var backends: Backends { composition.backends }
    var limiter: RateLimiter { composition.limiter }
    var catalogueChanges: CatalogueChanges { composition.catalogueChanges }
    /// Whether the process is a short command, which serves nobody.
    var isShortCommand: Bool { composition.quiet }
    /// The service's own.
    var logger: Logger { composition.logger(declaration.name) }

    func folder() throws -> DataFolder { try composition.folder() }

    /// A secret of 32 bytes that all replicas share: of the service key, or of the data folder without one.
    func secret(_ name: String) throws -> [UInt8] {
        try backends.settings.derivedSecret(name) ?? folder().secret(name)
    }

    /// Notification-service writes the links to guests' orders, order-service honours them; short commands do neither.
    func orderLinks() throws -> LinkSigner? {
        try isShortCommand ? nil : LinkSigner(secret: secret("order-links"))
    }

    /// Another service: itself where it is in this process, its client elsewhere.
    ///
    /// Throws `Fault` when the module does not declare the call.
    func call<Other: CallableModule>(_ other: Other.Type) async throws -> Other.Contract {
        let (caller, called) = (declaration.name, other.declaration.name)
        guard caller == called || declaration.calledNames.contains(called) else {
            throw Fault("\(caller) calls \(called), which its module does not declare")
        }
        composition.noteCall(from: caller, to: called)
        return try await composition.contract(of: other)
    }

    /// Verifies access tokens with auth-service's keys.
    func verifier() async throws -> TokenVerifier {
        composition.verifier(of: try await call(AuthModule.self))
    }
}
