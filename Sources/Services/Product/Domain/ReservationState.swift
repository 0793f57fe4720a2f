/// What has become of an order's reservation. The raw values are stored.
enum ReservationState: String {
    case held, committed, released, restocked
}
