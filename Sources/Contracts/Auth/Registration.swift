/// What a new account is made of.
package struct Registration: Sendable {
    package var email: String
    package var password: String
    package var name: String

    package init(email: String, password: String, name: String) {
        self.email = email
        self.password = password
        self.name = name
    }
}
