import AuthContract

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
