/// What one scrypt hash costs (RFC 7914).
package struct PasswordCost: Hashable, Sendable {
    /// Base-2 logarithm of N.
    package var logN: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(logN: Int, blockSize: Int, parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// N = 2^14, r = 8, p = 5: 16 MiB a hash, the OWASP Password Storage Cheat Sheet's row of scrypt parameters for
    /// little memory. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
    package static let recommended = PasswordCost(logN: 14, blockSize: 8, parallelism: 5)
}
