import CartContract
import OrderContract
import ProductContract
import ServiceKit

/// Short messages about what a visitor tried, shown on the next page or beside a form.
enum Messages {
    static let priceChanged = "A price has changed since you last looked. Please check the total and confirm it."
    static let wholeNumber = "Please give a whole number as quantity."

    /// The most specific words of an error.
    static func error(_ error: ServiceError) -> String {
        switch error.code {
        case ProductErrorCode.outOfStock.rawValue: "We do not have that many left."
        case CartErrorCode.checkoutInProgress.rawValue:
            "Your order is being placed. Please wait a moment, then look at your cart again."
        default: FieldViews.sentence(error.fields.first?.detail ?? error.message)
        }
    }

    static func refusedPayment(_ refusal: ServiceError) -> String {
        switch refusal.fields.first?.code {
        case OrderFieldCode.insufficientFunds.rawValue:
            "There is not enough money on this card. Nothing was charged; please choose another."
        case OrderFieldCode.requiresAction.rawValue:
            "Your bank wants to confirm this payment, which this shop does not support yet. Please choose another."
        default: "The bank declined this payment. Nothing was charged; please choose another."
        }
    }
}
