package import AuthContract
package import Commerce
package import ServiceKit

extension AuthService {
    package func register(_ registration: Registration) async throws -> Outcome<SignIn> {
        try await boundary.call { try await Register(context: context).run(registration.validated()) }
    }

    package func customer(_ id: CustomerID) async throws -> Customer {
        try await boundary.call {
            try AccountAccess.requireReader(CallContext.current.principal, of: id)
            return try await FindCustomer(context: context).run(id)
        }
    }

    package func customers(email: String?, page: PageRequest) async throws -> Page<Customer> {
        try await boundary.call {
            try CallContext.current.principal.require(.customersRead)
            return try await ListCustomers(context: context).run(email: email, page: page)
        }
    }
}
