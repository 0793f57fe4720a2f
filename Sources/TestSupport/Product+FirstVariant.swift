package import Commerce
package import ProductContract

extension Product {
    package var firstVariant: VariantID { variants.first?.id ?? VariantID() }
}
