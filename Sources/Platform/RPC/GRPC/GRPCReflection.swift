import Foundation
import GRPCCore
import SwiftProtobuf

/// Lists the services of the server for tools: `grpcurl list`, `grpcurl describe`.
/// https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
struct GRPCReflection: Grpc_Reflection_V1_ServerReflection.SimpleServiceProtocol {
    /// Full names, sorted.
    let services: [String]
    let index: DescriptorIndex

    func serverReflectionInfo(
        request: RPCAsyncSequence<Grpc_Reflection_V1_ServerReflectionRequest, any Error>,
        response: RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>, context: ServerContext
    ) async throws {
        for try await query in request {
            try await response.write(
                .with {
                    $0.validHost = query.host
                    $0.originalRequest = query
                    $0.messageResponse = message(for: query)
                })
        }
    }

    private func message(
        for query: Grpc_Reflection_V1_ServerReflectionRequest
    ) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
        switch query.messageRequest {
        case .listServices:
            .listServicesResponse(.with { $0.service = services.map { name in .with { $0.name = name } } })
        case .fileByFilename(let name): descriptor(index.file(named: name))
        case .fileContainingSymbol(let symbol): descriptor(index.file(describing: symbol))
        case .allExtensionNumbersOfType(let name) where index.file(describing: name) != nil:
            .allExtensionNumbersResponse(.with { $0.baseTypeName = name })
        case .fileContainingExtension, .allExtensionNumbersOfType: refusal(.notFound, "There is no such symbol here.")
        case nil: refusal(.invalidArgument, "The request has no query.")
        }
    }

    private func descriptor(
        _ file: [UInt8]?
    ) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
        guard let file else { return refusal(.notFound, "There is no such symbol here.") }
        return .fileDescriptorResponse(.with { $0.fileDescriptorProto = [Data(file)] })
    }

    private func refusal(
        _ code: RPCError.Code, _ message: String
    ) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
        .errorResponse(
            .with {
                $0.errorCode = Int32(code.rawValue)
                $0.errorMessage = message
            })
    }
}
