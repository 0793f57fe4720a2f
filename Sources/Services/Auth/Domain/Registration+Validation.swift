import AuthContract
import Commerce
import ServiceKit

extension Registration {
    /// The registration with its email address normalised. Throws `invalid_request` with every field at fault.
    func validated() throws(ServiceError) -> Registration {
        var problems: [ServiceError.Field] = []
        let email = EmailAddress.normalised(email)
        if email == nil {
            problems.append(.init(field: "email", code: FieldCode.invalidEmail, detail: "must be an e-mail address"))
        }
        if name.allSatisfy(\.isWhitespace) {
            problems.append(.init(field: "name", code: FieldCode.required, detail: "must not be empty"))
        } else if name.count > 200 || name.utf8.count > 2_000 {
            problems.append(.init(field: "name", code: FieldCode.tooLong, detail: "must have at most 200 characters"))
        }
        if name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            problems.append(
                .init(field: "name", code: FieldCode.invalidCharacters, detail: "must not contain control characters"))
        }
        if let problem = PasswordRules.problem(with: password, email: email ?? "") { problems.append(problem) }
        guard problems.isEmpty, let email else { throw .invalid(problems) }
        return Registration(email: email, password: password, name: name)
    }
}
