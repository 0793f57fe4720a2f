import Commerce
import ServiceKit

/// Where an order goes: the email and the delivery address, as entered.
struct CheckoutContact: Hashable, Sendable {
    var email = ""
    var address = Address(name: "", line1: "", city: "", postalCode: "", country: "US")

    /// What is wrong with it, by field.
    ///
    /// - Parameter regionCountries: Where tax depends on the region.
    func problems(regionCountries: [String]) -> [ServiceError.Field] {
        var problems = address.problems.map(Self.field) + regionProblems(regionCountries: regionCountries)
        if email.isEmpty {
            problems.append(.init(field: "email", code: FieldCode.required, detail: "must not be empty"))
        } else if EmailAddress.normalised(email) == nil {
            problems.append(.init(field: "email", code: FieldCode.invalidEmail, detail: "is no email address"))
        }
        return problems
    }

    /// What is wrong with the region where tax depends on it. Old carts may have such an address, and others after a
    /// change of the tax rules.
    func regionProblems(regionCountries: [String]) -> [ServiceError.Field] {
        guard regionCountries.contains(address.country), let problem = address.regionProblem else { return [] }
        return [Self.field(problem)]
    }

    private static func field(_ problem: Address.Problem) -> ServiceError.Field {
        ServiceError.Field(field: problem.field, code: problem.code, detail: problem.detail)
    }
}
