/// Bytes of the system's secure generator, for keys and secrets.
package func randomBytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
