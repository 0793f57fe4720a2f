import Testing

@testable import RPC

@Suite struct ServiceAddressTests {
    @Test func readsOneOrSeveral() {
        let cart = ServiceAddress(host: "cart-service.shop.svc", port: 7070)
        let local = ServiceAddress(host: "127.0.0.1", port: 1)
        #expect(ServiceAddress.list("cart-service.shop.svc:7070") == [cart])
        #expect(ServiceAddress.list("cart-service.shop.svc:7070,127.0.0.1:1") == [cart, local])
        #expect(ServiceAddress.list(" cart-service.shop.svc:7070 , 127.0.0.1:1 ") == [cart, local])
        #expect(ServiceAddress.list("[::1]:65535") == [ServiceAddress(host: "::1", port: 65_535)])
    }

    @Test(arguments: [
        "", " ", ",", "a", "a:", ":1", "a:0", "a:65536", "a:x", "a:+1", "a:-1", "a:1,", "a:1,,b:2", "a:1,b", "a b:1",
        "http://a:1", "a/b:1", "::1:80", "[::1]", "[]:1", "[a]:1", "user@a:1", "a:1 b:2", "ä:1",
        "a:99999999999999999999",
    ])
    func refusesWhatIsNoAddress(_ text: String) { #expect(ServiceAddress.list(text) == nil) }

    @Test func isWrittenAsInAnURL() {
        #expect("\(ServiceAddress(host: "a", port: 1))" == "a:1")
        #expect("\(ServiceAddress(host: "::1", port: 1))" == "[::1]:1")
    }
}

@Suite struct AddressRoundTests {
    private let start = ContinuousClock.now
    private let addresses = (1...3).map { ServiceAddress(host: "a", port: $0) }

    private func ports(_ round: RoundRobin, _ count: Int, after pause: Duration = .zero) -> [Int] {
        (0..<count).map { _ in round.next(at: start.advanced(by: pause)).port }.sorted()
    }

    @Test func allInTurn() { #expect(ports(RoundRobin(addresses), 6) == [1, 1, 2, 2, 3, 3]) }

    @Test func theLostAreLeftAloneForAWhile() {
        let round = RoundRobin(addresses, pause: .seconds(5))
        #expect(round.noteUnreachable(addresses[0], at: start))
        #expect(ports(round, 4) == [2, 2, 3, 3])
        #expect(ports(round, 3, after: .seconds(5)) == [1, 2, 3])
    }

    @Test func whenAllAreLostTheFirstOfThemIsTriedFirst() {
        let round = RoundRobin(addresses)
        let lost = [2, 0, 1].map { round.noteUnreachable(addresses[$0], at: start.advanced(by: .milliseconds($0))) }
        #expect(lost == [true, true, false])
        for (turn, address) in (addresses + addresses).enumerated() {
            #expect(round.next(at: start) == address)
            _ = round.noteUnreachable(address, at: start.advanced(by: .seconds(1 + turn)))
        }
        round.noteReached(addresses[1])
        #expect(ports(round, 2) == [2, 2])
    }
}
