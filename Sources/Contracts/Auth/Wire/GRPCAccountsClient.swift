package import AuthContract
package import Commerce
import CommerceWire
import GRPCCore
package import RPC
package import ServiceKit
import SwiftProtobuf

/// `Accounts` of another process.
package struct GRPCAccountsClient: Accounts {
    private let peer: GRPCPeer
    private let stub: Magpie_Auth_V1_Accounts.Client<GRPCConnection.Transport>

    package init(_ peer: GRPCPeer) {
        self.peer = peer
        stub = Magpie_Auth_V1_Accounts.Client(wrapping: peer.client)
    }

    package func register(_ registration: Registration) async throws -> Outcome<SignIn> {
        try await peer.call("Register", repeatable: CallContext.current.idempotency != nil) { metadata, options in
            let response = try await stub.register(
                .with {
                    $0.email = registration.email
                    $0.password = registration.password
                    $0.name = registration.name
                }, metadata: metadata, options: options)
            return Outcome(try SignIn(wire: response.signIn), replayed: response.replayed)
        }
    }

    package func logIn(email: String, password: String) async throws -> SignIn {
        try await peer.call("LogIn", repeatable: false) { metadata, options in
            try await SignIn(
                wire: stub.logIn(
                    .with {
                        $0.email = email
                        $0.password = password
                    }, metadata: metadata, options: options))
        }
    }

    package func refresh(_ refreshToken: String) async throws -> SignIn {
        try await peer.call("Refresh", repeatable: false) { metadata, options in
            try await SignIn(
                wire: stub.refresh(.with { $0.refreshToken = refreshToken }, metadata: metadata, options: options))
        }
    }

    package func logOut(refreshToken: String) async throws {
        try await peer.call("LogOut", repeatable: true) { metadata, options in
            _ = try await stub.logOut(
                .with { $0.refreshToken = refreshToken }, metadata: metadata, options: options)
        }
    }

    package func changePassword(_ change: PasswordChange) async throws {
        try await peer.call("ChangePassword", repeatable: false) { metadata, options in
            _ = try await stub.changePassword(.init(change), metadata: metadata, options: options)
        }
    }

    package func customer(_ id: CustomerID) async throws -> Customer {
        try await peer.call("GetCustomer", repeatable: true) { metadata, options in
            try await Customer(
                wire: stub.getCustomer(.with { $0.id = id.rawValue }, metadata: metadata, options: options))
        }
    }

    package func customers(email: String?, page: PageRequest) async throws -> Page<Customer> {
        try await peer.call("ListCustomers", repeatable: true) { metadata, options in
            let response = try await stub.listCustomers(
                .with {
                    if let email { $0.email = email }
                    $0.page = .init(page)
                }, metadata: metadata, options: options)
            return Page(try response.customers.map(Customer.init(wire:)), wire: response.page)
        }
    }

    package func jsonWebKeySet() async throws -> String {
        try await peer.call("GetKeySet", repeatable: true) { metadata, options in
            try await stub.getKeySet(.init(), metadata: metadata, options: options).json
        }
    }
}
