import AuthContract

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
