import AuthContract
import Commerce

extension Customer {
    init(wire: Magpie_Auth_V1_Customer) throws {
        self.init(
            id: try CustomerID(wire: wire.id, "customer.id"), email: wire.email, name: wire.name,
            role: try Role(wire: wire.role, "customer.role"), createdAt: Instant(milliseconds: wire.createdAtMs))
    }
}

extension Magpie_Auth_V1_Customer {
    init(_ customer: Customer) {
        id = customer.id.rawValue
        email = customer.email
        name = customer.name
        role = customer.role.rawValue
        createdAtMs = customer.createdAt.milliseconds
    }
}

extension SignIn {
    init(wire: Magpie_Auth_V1_SignIn) throws {
        self.init(
            customer: try Customer(wire: wire.customer), accessToken: wire.accessToken,
            refreshToken: wire.refreshToken, expiresIn: Int(wire.expiresIn))
    }
}

extension Magpie_Auth_V1_SignIn {
    init(_ signIn: SignIn) {
        customer = Magpie_Auth_V1_Customer(signIn.customer)
        accessToken = signIn.accessToken
        refreshToken = signIn.refreshToken
        expiresIn = Int64(signIn.expiresIn)
    }
}

extension PasswordChange {
    init(wire: Magpie_Auth_V1_ChangePasswordRequest) {
        self.init(
            current: wire.currentPassword, new: wire.newPassword,
            refreshToken: wire.hasRefreshToken ? wire.refreshToken : nil)
    }
}

extension Magpie_Auth_V1_ChangePasswordRequest {
    init(_ change: PasswordChange) {
        currentPassword = change.current
        newPassword = change.new
        if let token = change.refreshToken { refreshToken = token }
    }
}
