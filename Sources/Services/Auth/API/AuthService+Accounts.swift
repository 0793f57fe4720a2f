package import AuthContract
package import Commerce
package import ServiceKit

extension AuthService {
    package func register(_ registration: Registration) async throws -> Outcome<SignIn> {
        try await boundary.call { try await Register(context: context).run(registration.validated()) }
    }

    package func customer(_ id: CustomerID) async throws -> Customer {
        try await boundary.call {
            let caller = CallContext.current.principal
            guard caller != .anonymous else { throw ServiceError.unauthenticated }
            // The account of another customer gives the same response as one that does not exist.
            guard caller.customerID == id || caller.may(.customersRead) else { throw ServiceError.customerNotFound }
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
