import CURL
import Commerce

/// One mail over libcurl's easy interface. Blocks; the handle and its list never leave this file.
enum CURLSession {
    /// Once a process, before the first handle (libcurl-thread(3)).
    private static let ready = curl_global_init(Int(CURL_GLOBAL_SSL | CURL_GLOBAL_WIN32))

    static func send(_ mail: OutgoingMail, _ settings: SMTPSettings) throws {
        guard ready == CURLE_OK, let handle = curl_easy_init() else { throw MailError.unavailable("libcurl") }
        defer { curl_easy_cleanup(handle) }
        // libcurl reads the list and the body until `perform` returns, so both outlive it here.
        let recipients = curl_slist_append(nil, "<\(mail.recipient)>")
        defer { curl_slist_free_all(recipients) }
        let body = MailBody(Array(mail.rfc822.utf8))
        let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { message.deallocate() }

        let scheme = settings.tls == .tls ? "smtps" : "smtp"
        let security = settings.tls == .startTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE
        var options = [
            magpie_curl_set_string(handle, CURLOPT_URL, "\(scheme)://\(settings.host):\(settings.port)"),
            magpie_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            magpie_curl_set_long(handle, CURLOPT_USE_SSL, Int(security.rawValue)),
            magpie_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            magpie_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(settings.connectTimeout.wholeMilliseconds)),
            magpie_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(settings.timeout.wholeMilliseconds)),
            magpie_curl_set_string(handle, CURLOPT_MAIL_FROM, "<\(mail.sender)>"),
            magpie_curl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients),
            magpie_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, message),
            magpie_curl_set_long(handle, CURLOPT_UPLOAD, 1),
            magpie_curl_set_read(handle, readBody),
            magpie_curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(body).toOpaque()),
        ]
        if let user = settings.user, let password = settings.password {
            options.append(magpie_curl_set_string(handle, CURLOPT_USERNAME, user))
            options.append(magpie_curl_set_string(handle, CURLOPT_PASSWORD, password))
        }
        guard options.allSatisfy({ $0 == CURLE_OK }) else { throw MailError.unavailable("a setting is not accepted") }

        let result = withExtendedLifetime(body) { curl_easy_perform(handle) }
        guard result != CURLE_OK else { return }
        let code = magpie_curl_response_code(handle)
        // These say that the mailbox does not exist or cannot be relayed to (RFC 5321, section 4.2.3), but only in answer
        // to RCPT: a sender or a message that is refused is for the operator to put right, and worth a retry.
        if [550, 551, 553].contains(code), String(cString: message).hasPrefix("RCPT failed") {
            throw MailError.recipientRefused(code: code)
        }
        throw MailError.unavailable("\(String(cString: curl_easy_strerror(result))) (\(code))")
    }
}

/// What libcurl has still to read of the message.
private final class MailBody {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into buffer: UnsafeMutablePointer<CChar>, room: Int) -> Int {
        let count = min(room, bytes.count - position)
        UnsafeMutableRawPointer(buffer).copyMemory(from: Array(bytes[position..<position + count]), byteCount: count)
        position += count
        return count
    }
}

private func readBody(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ body: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let body else { return 0 }
    return Unmanaged<MailBody>.fromOpaque(body).takeUnretainedValue().read(into: buffer, room: size * count)
}
