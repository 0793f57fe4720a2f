package import AuthContract
import Commerce
import CommerceWire
package import GRPCCore
import ServiceKit
import SwiftProtobuf

/// Offers these accounts to other processes.
package struct GRPCAccountsServer: Magpie_Auth_V1_Accounts.SimpleServiceProtocol {
    private let accounts: any Accounts

    package init(_ accounts: any Accounts) { self.accounts = accounts }

    package func register(
        request: Magpie_Auth_V1_RegisterRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_RegisterResponse {
        let outcome = try await accounts.register(
            Registration(email: request.email, password: request.password, name: request.name))
        return .with {
            $0.signIn = Magpie_Auth_V1_SignIn(outcome.value)
            $0.replayed = outcome.replayed
        }
    }

    package func logIn(
        request: Magpie_Auth_V1_LogInRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_SignIn {
        Magpie_Auth_V1_SignIn(try await accounts.logIn(email: request.email, password: request.password))
    }

    package func refresh(
        request: Magpie_Auth_V1_RefreshRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_SignIn {
        Magpie_Auth_V1_SignIn(try await accounts.refresh(request.refreshToken))
    }

    package func logOut(
        request: Magpie_Auth_V1_LogOutRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_LogOutResponse {
        try await accounts.logOut(refreshToken: request.refreshToken)
        return Magpie_Auth_V1_LogOutResponse()
    }

    package func changePassword(
        request: Magpie_Auth_V1_ChangePasswordRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_ChangePasswordResponse {
        try await accounts.changePassword(PasswordChange(wire: request))
        return Magpie_Auth_V1_ChangePasswordResponse()
    }

    package func getCustomer(
        request: Magpie_Auth_V1_GetCustomerRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_Customer {
        Magpie_Auth_V1_Customer(try await accounts.customer(CustomerID(wire: request.id, "id")))
    }

    package func listCustomers(
        request: Magpie_Auth_V1_ListCustomersRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_ListCustomersResponse {
        let page = try await accounts.customers(
            email: request.hasEmail ? request.email : nil,
            page: PageRequest(wire: request.hasPage ? request.page : nil))
        return .with {
            $0.customers = page.items.map(Magpie_Auth_V1_Customer.init)
            $0.page = .init(nextCursor: page.nextCursor, count: page.count)
        }
    }

    package func getKeySet(
        request: Magpie_Auth_V1_GetKeySetRequest, context: ServerContext
    ) async throws -> Magpie_Auth_V1_KeySet {
        let json = try await accounts.jsonWebKeySet()
        return .with { $0.json = json }
    }
}
