import ContractTestSupport
import Foundation
import GRPCCore
import OfferWire
import ProductWire
import RPC
import SwiftProtobuf
import Testing

/// What every server offers, without a credential.
@Suite struct BuiltInServiceTests {
    @Test func healthIsReportedByService() async throws {
        try await withWire([GRPCOffersServer(OffersDouble())]) { wire in
            let health = Grpc_Health_V1_Health.Client(wrapping: wire.connection.client)
            let whole = try await health.check(.init())
            let offers = try await health.check(.with { $0.service = "magpie.offer.v1.Offers" })
            #expect(whole.status == .serving && offers.status == .serving)
            await #expect {
                try await health.check(.with { $0.service = "magpie.offer.v2.Offers" })
            } throws: { error in
                (error as? RPCError)?.code == .notFound
            }
        }
    }

    @Test func reflectionListsAndDescribesTheServices() async throws {
        try await withWire([GRPCOffersServer(OffersDouble()), GRPCProductsServer(ProductsDouble())]) { wire in
            let responses = try await ask(
                wire, [.listServices("*"), .fileContainingSymbol("magpie.offer.v1.Offers.Price"), .fileByFilename("x")])
            guard case .listServicesResponse(let list) = responses[0],
                case .fileDescriptorResponse(let file) = responses[1],
                case .errorResponse(let error) = responses[2]
            else { throw RPCError(code: .unknown, message: "\(responses)") }
            #expect(
                list.service.map(\.name) == [
                    "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "magpie.offer.v1.Offers",
                    "magpie.product.v1.Products",
                ])
            let descriptor = try Google_Protobuf_FileDescriptorProto(
                serializedBytes: try #require(file.fileDescriptorProto.first))
            #expect(descriptor.name == "magpie/offer/v1/offer.proto")
            #expect(error.errorCode == 5)
            // What it imports can be asked for in turn, down to the last file.
            var files = descriptor.dependency
            while let name = files.popLast() {
                guard case .fileDescriptorResponse(let file) = try await ask(wire, [.fileByFilename(name)])[0] else {
                    throw RPCError(code: .unknown, message: name)
                }
                for bytes in file.fileDescriptorProto {
                    files += try Google_Protobuf_FileDescriptorProto(serializedBytes: bytes).dependency
                }
            }
        }
    }

    private func ask(
        _ wire: Wire, _ questions: [Grpc_Reflection_V1_ServerReflectionRequest.OneOf_MessageRequest]
    ) async throws -> [Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse?] {
        let reflection = Grpc_Reflection_V1_ServerReflection.Client(wrapping: wire.connection.client)
        return try await reflection.serverReflectionInfo { writer in
            for question in questions { try await writer.write(.with { $0.messageRequest = question }) }
        } onResponse: { response in
            var responses: [Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse?] = []
            for try await message in response.messages { responses.append(message.messageResponse) }
            return responses
        }
    }
}
