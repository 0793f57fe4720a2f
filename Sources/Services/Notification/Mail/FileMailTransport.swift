import Commerce
import Dispatch
package import Foundation

/// Writes mails as `.eml` files: for development, and for shops whose mail server collects a folder. The file is named
/// by the mail's id and appears whole or not at all, so that a mail sent again after a crash is still one file.
package struct FileMailTransport: MailTransport {
    private let folder: URL
    private let queue = DispatchQueue(label: "magpie.mail.files")

    /// - Parameter folder: Made when it is missing.
    package init(folder: URL) { self.folder = folder }

    package var longestAttempt: Duration { .seconds(10) }

    package func deliver(_ mail: OutgoingMail) async throws {
        let folder = folder
        // A file name out of an id from outside: letters and digits only.
        let name = mail.id.rawValue.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        try await queue.perform {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                // Atomic is a temporary file beside the target, renamed onto it.
                try Data(mail.rfc822.utf8).write(to: folder.appending(path: "\(name).eml"), options: .atomic)
            } catch {
                throw MailError.unavailable("the mail folder cannot be written")
            }
        }
    }
}
