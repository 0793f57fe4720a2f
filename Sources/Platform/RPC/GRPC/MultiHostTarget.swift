import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// A target of several hosts. Each address of each host is an endpoint, so that calls are balanced over all of them. (The
/// library's own resolver makes one endpoint of all addresses of a name, and uses the first that responds.)
struct MultiHostTarget: ResolvableTarget {
    let hosts: [ServiceAddress]
    let lookups: NameLookups

    struct Resolver: NameResolverFactory {
        func resolver(for target: MultiHostTarget) -> NameResolver {
            // A service mesh routes by it.
            let authority = target.hosts.count == 1 ? target.hosts.first?.description : nil
            return NameResolver(
                names: RPCAsyncSequence(wrapping: Names(hosts: target.hosts, lookups: target.lookups)),
                updateMode: .pull, authority: authority)
        }
    }

    /// Looks all hosts up again for each element that the library requests.
    struct Names: AsyncSequence, Sendable {
        typealias Element = NameResolutionResult
        typealias Failure = any Error
        let hosts: [ServiceAddress]
        let lookups: NameLookups

        func makeAsyncIterator() -> Iterator { Iterator(hosts: hosts, lookups: lookups) }

        struct Iterator: AsyncIteratorProtocol {
            let hosts: [ServiceAddress]
            let lookups: NameLookups

            func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> NameResolutionResult? {
                var addresses: [SocketAddress] = []
                var failure: (any Error)?
                for host in hosts {
                    do { addresses += try await MultiHostTarget.addresses(of: host) } catch { failure = error }
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
