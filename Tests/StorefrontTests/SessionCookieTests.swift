import Commerce
import Testing

@testable import Storefront

@Suite struct SessionCookieTests {
    let cookie = SessionCookie(secret: Array(repeating: 7, count: 32), secure: true)
    let session: Session = {
        var session = Session()
        session.cart = CartID().rawValue
        session.refreshToken = "refresh"
        session.setFlash("Grüße; \"all\" = well")
        return session
    }()

    @Test func sessionsSurviveTheRoundTrip() throws {
        let header = try cookie.header(for: session)
        let pair = try #require(header.split(separator: ";").first)
        #expect(cookie.session(inHeader: "other=1; \(pair); third=x") == session)
    }

    @Test func scriptsAndOtherSitesCannotReadIt() throws {
        let header = try cookie.header(for: session)
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] { #expect(header.contains("; " + attribute)) }
        #expect(header.hasPrefix("__Host-magpie_session="))
        let plain = try SessionCookie(secret: [1], secure: false).header(for: session)
        #expect(plain.hasPrefix("magpie_session=") && !plain.contains("Secure"))
    }

    @Test func tamperedValuesAreRefused() throws {
        let value = try cookie.value(of: session)
        for index in stride(from: 0, to: value.count - 1, by: 11) {
            var letters = Array(value)
            letters[index] = letters[index] == "A" ? "B" : "A"
            #expect(cookie.session(in: String(letters)) == nil)
        }
        #expect(cookie.session(in: String(value.split(separator: ".")[0])) == nil)
        #expect(cookie.session(in: value + ".x") == nil)
        #expect(cookie.session(in: "") == nil)
    }

    @Test func anotherShopsSignatureIsRefused() throws {
        let other = SessionCookie(secret: Array(repeating: 8, count: 32), secure: true)
        #expect(cookie.session(in: try other.value(of: session)) == nil)
    }

    @Test func staysWithinTheSizeBrowsersAccept() throws {
        var session = session
        session.accessToken = String(repeating: "a", count: 900)
        for _ in 0..<9 { session.remember(guestOrder: OrderID(), token: String(repeating: "t", count: 300)) }
        #expect(session.guestOrders?.count == 5)
        #expect(try cookie.header(for: session).utf8.count < 4_096)
    }

    @Test func formTokensBelongToOneSession() {
        let token = cookie.formToken(for: session)
        #expect(cookie.isFormToken(token, of: session))
        #expect(!cookie.isFormToken(token, of: Session()))
        #expect(!cookie.isFormToken("", of: session))
        #expect(!cookie.isFormToken(String(token.dropLast()), of: session))
    }

    @Test func formTokensEndWithTheLogin() {
        var later = session
        later.renewSeed()
        #expect(!cookie.isFormToken(cookie.formToken(for: session), of: later))
    }
}
