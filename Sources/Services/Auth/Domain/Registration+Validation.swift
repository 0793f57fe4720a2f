import AuthContract
import Commerce
import ServiceKit

extension Registration {
    /// The registration with its email address normalised. Throws `invalid_request` with every field at fault.
    func validated() throws(ServiceError) -> Registration {
        var faults = FieldFaults()
        let email = EmailAddress.normalised(email)
        if email == nil {
            faults.report("email", FieldCode.invalidEmail, "must be an e-mail address")
        }
        if name.isBlank {
            faults.report("name", FieldCode.required, "must not be empty")
        } else if name.count > 200 || name.utf8.count > 2_000 {
            faults.report("name", FieldCode.tooLong, "must have at most 200 characters")
        }
        if name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            faults.report("name", FieldCode.invalidCharacters, "must not contain control characters")
        }
        if let problem = PasswordRules.problem(with: password, email: email ?? "") { faults.report(problem) }
        guard faults.isEmpty, let email else { throw .invalid(faults.fields) }
        return Registration(email: email, password: password, name: name)
    }
}
