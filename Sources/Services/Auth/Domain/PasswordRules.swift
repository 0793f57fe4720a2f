import AuthContract
import Commerce
import ServiceKit

/// The rules for new passwords: long enough and not among the most common ones. There are no rules about kinds of
/// characters, which make passwords worse (NIST SP 800-63B, section 5.1.1.2).
enum PasswordRules {
    /// Characters.
    static let length = 8...128
    /// A character can have many bytes.
    static let longestBytes = 1_024

    /// - Parameter email: Normalised.
    static func problem(with password: String, email: String) -> ServiceError.Field? {
        func field(_ code: some ErrorCodeList, _ detail: String) -> ServiceError.Field {
            ServiceError.Field(field: "password", code: code, detail: detail)
        }
        guard password.utf8.count <= longestBytes, password.count <= length.upperBound else {
            return field(FieldCode.tooLong, "must have at most \(length.upperBound) characters")
        }
        guard password.count >= length.lowerBound else {
            return field(FieldCode.tooShort, "must have at least \(length.lowerBound) characters")
        }
        let guess = password.lowercased()
        guard guess != email, email.split(separator: "@").first.map(String.init) != guess else {
            return field(AuthFieldCode.sameAsEmail, "must not be the e-mail address")
        }
        guard !commonest.contains(guess), Set(guess).count > 1 else {
            return field(AuthFieldCode.tooCommon, "is one of the most common passwords")
        }
        return nil
    }

    /// How many random bytes a generated password has.
    static let generatedLength = 18

    /// The commonest of eight and more characters in published lists of leaked passwords.
    private static let commonest = Set(
        """
        password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword passwort 12345678 123456789 \
        1234567890 12345678910 0123456789 123123123 87654321 987654321 9876543210 11223344 1122334455 12341234 \
        1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwertz123 \
        asdfghjk asdfghjkl zxcvbnm123 abcd1234 abc12345 abc123456 a1234567 a12345678 abcdefgh abcdefghi aa123456 \
        iloveyou iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football football1 baseball baseball1 \
        basketball superman superman1 starwars trustno1 welcome1 welcome123 whatever whatever1 computer internet \
        michelle jennifer charlie1 jordan23 letmein1 letmein123 dragon12 monkey123 shadow123 master123 admin123 \
        administrator changeme changeme123 default1 test1234 testtest samsung1 pokemon1 liverpool chelsea1 barcelona \
        q1w2e3r4 q1w2e3r4t5 qweasdzxc asdf1234 qwer1234 zaq12wsx zaq1zaq1 google123 facebook linkedin fuckyou1 \
        secret123 mustang1 corvette mercedes ferrari1 cristiano alexander victoria lovelove hellohello
        """.split(separator: " ").map(String.init))
}
