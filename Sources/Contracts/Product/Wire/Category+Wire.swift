import Commerce
import CommerceWire
import ProductContract

extension Category {
    init(wire: Magpie_Product_V1_Category) throws {
        self.init(
            id: try CategoryID(wire: wire.id, "category.id"), handle: wire.handle, title: wire.title,
            productCount: Int(wire.productCount), children: try wire.children.map(Category.init(wire:)))
    }
}

extension Magpie_Product_V1_Category {
    init(_ category: Category) {
        id = category.id.rawValue
        handle = category.handle
        title = category.title
        productCount = Int64(category.productCount)
        children = category.children.map(Magpie_Product_V1_Category.init)
    }
}
