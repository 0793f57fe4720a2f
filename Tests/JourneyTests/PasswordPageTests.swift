import Foundation
import Testing

@Suite(.serialized, .shape(.oneProcess)) struct PasswordPageTests {
    @Test func customersChangeTheirPasswordOnAPage() async throws {
        try await withShop { shop in
            let (here, elsewhere) = (Browser(shop), Browser(shop))
            let (email, old, new) = ("ada@example.com", "a long enough password", "an even longer password")
            try await here.open("/account/register")
            try await here.submit("/account/register", ["email": email, "name": "Ada", "password": old])
            try await elsewhere.open("/account/login")
            try await elsewhere.submit("/account/login", ["email": email, "password": old])
            #expect(elsewhere.path == "/account")

            #expect(try await here.open("/account/password") == 200)
            let wrong = ["current_password": "not my password", "new_password": new]
            #expect(try await here.submit("/account/password", wrong) == 422)
            #expect(here.page.contains("This must be the current password"))
            try await here.submit("/account/password", ["current_password": old, "new_password": new])
            #expect(here.path == "/account" && here.page.contains("Your password is changed"))

            let refused = try await shop.api("POST", "/auth/login", #"{"email":"\#(email)","password":"\#(old)"}"#)
            #expect(refused.status == 401)
            let accepted = try await shop.api("POST", "/auth/login", #"{"email":"\#(email)","password":"\#(new)"}"#)
            #expect(accepted.status == 200)
        }
    }

    /// An argument could be read by every user of the machine.
    @Test func anAdministratorsPasswordIsReadFromStandardInput() async throws {
        try await withFolder { folder in
            let file = folder.deletingLastPathComponent().appending(path: "password")
            try Data("read from a file\n".utf8).write(to: file)
            let process = Process()
            process.executableURL = RunningShop.executable
            process.arguments = ["admin", "create", "boss@example.com", "--password-stdin", "--data", folder.path]
            process.standardInput = try FileHandle(forReadingFrom: file)
            try process.runWithSignals()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let shop = try await RunningShop.start(in: folder, arguments: [])
            let login = #"{"email":"boss@example.com","password":"read from a file"}"#
            #expect(try await shop.api("POST", "/auth/login", login).status == 200)
            #expect(shop.stop() == 0)
        }
    }
}
