import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Synchronization

/// Hosts that may be names: every address of every one of them is a server of its own, so that calls go round all. (The
/// library's own resolver makes one server of all addresses of a name, and uses the first that answers.)
struct EachAddress: ResolvableTarget {
    let hosts: [ServiceAddress]
    let lookups: Lookups

    struct Resolver: NameResolverFactory {
        func resolver(for target: EachAddress) -> NameResolver {
            // What a mesh routes by.
            let authority = target.hosts.count == 1 ? target.hosts.first?.description : nil
            return NameResolver(
                names: RPCAsyncSequence(wrapping: Names(hosts: target.hosts, lookups: target.lookups)),
                updateMode: .pull, authority: authority)
        }
    }

    /// Looks all hosts up again whenever the library asks for the next element.
    struct Names: AsyncSequence, Sendable {
        typealias Element = NameResolutionResult
        typealias Failure = any Error
        let hosts: [ServiceAddress]
        let lookups: Lookups

        func makeAsyncIterator() -> Iterator { Iterator(hosts: hosts, lookups: lookups) }

        struct Iterator: AsyncIteratorProtocol {
            let hosts: [ServiceAddress]
            let lookups: Lookups

            func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> NameResolutionResult? {
                var addresses: [SocketAddress] = []
                var failure: (any Error)?
                for host in hosts {
                    do { addresses += try await EachAddress.addresses(of: host) } catch { failure = error }
                }
                if addresses.isEmpty, let failure {
                    lookups.note(isFailing: true)
                    throw failure
                }
                lookups.note(isFailing: false)
                return NameResolutionResult(
                    endpoints: addresses.map { Endpoint(addresses: [$0]) }, serviceConfig: nil)
            }

            func next() async throws -> NameResolutionResult? { try await next(isolation: nil) }
        }
    }

    private static func addresses(of host: ServiceAddress) async throws -> [SocketAddress] {
        let resolver = NameResolvers.DNS().resolver(for: .dns(host: host.host, port: host.port))
        for try await result in resolver.names { return result.endpoints.flatMap(\.addresses) }
        return []
    }
}

/// Ends a client that cannot look its hosts up: it tries for ever and hears of no shutdown meanwhile.
final class Lookups: Sendable {
    private let state = Mutex((isFailing: false, end: (@Sendable () -> Void)?.none))

    func note(isFailing: Bool) {
        let end = state.withLock { state in
            state.isFailing = isFailing
            return isFailing ? state.end : nil
        }
        end?()
    }

    /// Calls `end` if the last lookup failed, or as soon as one does.
    func endWhenFailing(_ end: @escaping @Sendable () -> Void) {
        let isFailing = state.withLock { state in
            state.end = end
            return state.isFailing
        }
        if isFailing { end() }
    }
}
