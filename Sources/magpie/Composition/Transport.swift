enum Transport: String, Sendable {
    case grpc = "gRPC"
    case http = "HTTP"
}
