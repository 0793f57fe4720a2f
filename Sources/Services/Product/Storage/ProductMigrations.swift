import EventLog
import HTML
import SQL

/// The catalogue's schema. Steps are appended, never edited.
enum ProductMigrations {
    static let all: [Migration] = [
        catalogue, stock, search, Outbox.migration, Idempotency.migration, Outbox.relayMigration, abandonedOrders,
        importedStock, shopCurrency, safeDescriptions, productsToIndex, freedNames, productTypes, barcodes,
        categoryTree,
    ]

    static let catalogue = Migration("catalogue") { dialect in
        // Keyset pages compare these columns: bytes, not a locale, must order them.
        let bytes = dialect == .sqlite ? "" : "COLLATE \"C\""
        return """
            CREATE TABLE categories (
                id TEXT PRIMARY KEY, handle TEXT NOT NULL UNIQUE, title TEXT NOT NULL
            ) \(dialect.strict);
            CREATE TABLE products (
                number \(dialect.identity), id TEXT NOT NULL UNIQUE, handle TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
                title_key TEXT \(bytes) NOT NULL, description_html TEXT NOT NULL, vendor TEXT NOT NULL,
                category_id TEXT REFERENCES categories (id), images TEXT NOT NULL, option_names TEXT NOT NULL,
                seo_title TEXT NOT NULL, seo_description TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'archived')),
                price_min \(dialect.int64) NOT NULL CHECK (price_min >= 0), version \(dialect.int64) NOT NULL,
                import_digest TEXT, created_at \(dialect.int64) NOT NULL, updated_at \(dialect.int64) NOT NULL
            ) \(dialect.strict);
            CREATE INDEX products_by_age ON products (status, created_at, number);
            CREATE INDEX products_by_price ON products (status, price_min, number);
            CREATE INDEX products_by_title ON products (status, title_key, number);
            CREATE INDEX products_by_category ON products (category_id, status);
            CREATE TABLE product_tags (
                product_number \(dialect.int64) NOT NULL REFERENCES products (number),
                position \(dialect.int64) NOT NULL, tag TEXT NOT NULL, tag_key TEXT NOT NULL, PRIMARY KEY (product_number, tag_key)
            ) \(dialect.strict);
            CREATE INDEX product_tags_by_tag ON product_tags (tag_key, product_number);
            CREATE TABLE variants (
                id TEXT \(bytes) PRIMARY KEY, product_number \(dialect.int64) NOT NULL REFERENCES products (number),
                position \(dialect.int64) NOT NULL, sku TEXT NOT NULL, option_values TEXT NOT NULL,
                currency TEXT NOT NULL, price \(dialect.int64) NOT NULL CHECK (price >= 0),
                compare_at_price \(dialect.int64) CHECK (compare_at_price > price), image_url TEXT,
                retired \(dialect.int64) NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
            ) \(dialect.strict);
            CREATE INDEX variants_by_product ON variants (product_number, position);
            CREATE UNIQUE INDEX variants_sku ON variants (sku) WHERE sku <> '' AND retired = 0;
            CREATE UNIQUE INDEX variants_options ON variants (product_number, option_values) WHERE retired = 0;
            """
    }

    static let stock = Migration("stock") { dialect in
        """
        CREATE TABLE stock (
            variant_id TEXT PRIMARY KEY REFERENCES variants (id),
            tracked \(dialect.int64) NOT NULL CHECK (tracked IN (0, 1)),
            on_hand \(dialect.int64) NOT NULL CHECK (on_hand >= 0),
            reserved \(dialect.int64) NOT NULL CHECK (reserved >= 0 AND reserved <= on_hand)
        ) \(dialect.strict);
        CREATE TABLE stock_movements (
            id \(dialect.identity), variant_id TEXT NOT NULL REFERENCES variants (id),
            kind TEXT NOT NULL CHECK (kind IN ('adjustment', 'import', 'sale', 'restock')),
            quantity \(dialect.int64) NOT NULL CHECK (quantity <> 0), reason TEXT NOT NULL, order_id TEXT,
            actor TEXT NOT NULL, occurred_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        CREATE INDEX stock_movements_by_variant ON stock_movements (variant_id, id);
        CREATE UNIQUE INDEX stock_movements_once ON stock_movements (order_id, variant_id, kind)
            WHERE order_id IS NOT NULL;
        CREATE TABLE reservations (
            order_id TEXT NOT NULL, variant_id TEXT NOT NULL REFERENCES variants (id),
            quantity \(dialect.int64) NOT NULL CHECK (quantity > 0),
            taken \(dialect.int64) NOT NULL CHECK (taken IN (0, quantity)),
            state TEXT NOT NULL CHECK (state IN ('held', 'committed', 'released', 'restocked')),
            expires_at \(dialect.int64) NOT NULL, PRIMARY KEY (order_id, variant_id)
        ) \(dialect.strict);
        CREATE INDEX reservations_to_expire ON reservations (expires_at) WHERE state = 'held';
        """
    }

    /// The quantity on hand by the last imported file: the same again changes nothing. Null: it is not counted. For what
    /// was imported before there was this table it comes from the ledger.
    static let importedStock = Migration("imported-stock") { dialect in
        """
        CREATE TABLE imported_stock (
            variant_id TEXT PRIMARY KEY REFERENCES variants (id), quantity \(dialect.int64)
        ) \(dialect.strict);
        INSERT INTO imported_stock (variant_id, quantity)
            SELECT v.id, SUM(m.quantity) FROM stock_movements m JOIN variants v ON v.id = m.variant_id
            JOIN products p ON p.number = v.product_number JOIN stock s ON s.variant_id = v.id
            WHERE p.import_digest IS NOT NULL AND v.retired = 0 AND s.tracked = 1 AND m.id <=
                (SELECT MAX(i.id) FROM stock_movements i WHERE i.variant_id = v.id AND i.kind = 'import')
            GROUP BY v.id;
        INSERT INTO imported_stock (variant_id, quantity)
            SELECT v.id, CASE WHEN s.tracked = 1 THEN 0 END FROM stock s JOIN variants v ON v.id = s.variant_id
            JOIN products p ON p.number = v.product_number WHERE p.import_digest IS NOT NULL AND v.retired = 0
                AND NOT EXISTS (SELECT 1 FROM imported_stock k WHERE k.variant_id = v.id);
        """
    }

    /// Orders whose stock was given back: they can take none any more.
    static let abandonedOrders = Migration("given-up-orders") { dialect in
        """
        CREATE TABLE given_up_orders (
            order_id TEXT PRIMARY KEY, given_up_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        CREATE INDEX given_up_orders_to_forget ON given_up_orders (given_up_at);
        """
    }

    /// One row, once it is known. A shop that has products sells in what most of their prices are in.
    static let shopCurrency = Migration("shop-currency") { dialect in
        """
        CREATE TABLE shop (
            id \(dialect.int64) PRIMARY KEY CHECK (id = 1), currency TEXT NOT NULL
        ) \(dialect.strict);
        INSERT INTO shop (id, currency)
            SELECT 1, v.currency FROM variants v JOIN products p ON p.number = v.product_number
            WHERE v.retired = 0 AND p.status <> 'archived'
            GROUP BY v.currency ORDER BY COUNT(*) DESC, v.currency LIMIT 1;
        """
    }

    /// Descriptions are shown as they are stored: those of earlier versions once more by today's rules.
    static let safeDescriptions = Migration("safe-descriptions") { tx in
        var last: Int64 = 0
        while true {
            let rows = try tx.query(
                """
                SELECT number, description_html FROM products WHERE number > \(last) ORDER BY number LIMIT 100
                """)
            guard let end = rows.last else { return }
            for row in rows {
                let (number, stored) = (try row.int64("number"), try row.string("description_html"))
                let safe = HTMLSanitizer.sanitized(stored)
                // By bytes, as browsers read.
                guard !safe.utf8.elementsEqual(stored.utf8) else { continue }
                try tx.execute(
                    """
                    UPDATE products SET description_html = \(safe), version = version + 1 WHERE number = \(number)
                    """)
            }
            last = try end.int64("number")
        }
    }

    /// Products whose search entry was written by a version that indexed less; emptied in the background. A later step
    /// that changes what is indexed fills it again.
    static let productsToIndex = Migration("products-to-index") { dialect in
        """
        CREATE TABLE products_to_index (number \(dialect.int64) PRIMARY KEY) \(dialect.strict);
        INSERT INTO products_to_index (number) SELECT number FROM products;
        """
    }

    /// SKUs may repeat: an import keeps them, and staff are refused by what ``CatalogueTransaction/refuseTakenSKUs`` finds.
    /// The handle of an archived product is free: it is kept in `archived_handle`, and `handle`, which is unique, holds
    /// the product's id meanwhile. `former_handles` lead to products that have another handle now.
    static let freedNames = Migration("freed-names") { dialect in
        """
        DROP INDEX variants_sku;
        CREATE INDEX variants_by_sku ON variants (sku) WHERE sku <> '' AND retired = 0;
        CREATE INDEX variants_for_sale ON variants (product_number, position) WHERE retired = 0;
        ALTER TABLE products ADD COLUMN archived_handle TEXT;
        UPDATE products SET archived_handle = handle, handle = id WHERE status = 'archived';
        CREATE INDEX products_by_archived_handle ON products (archived_handle) WHERE archived_handle IS NOT NULL;
        CREATE TABLE former_handles (
            handle TEXT PRIMARY KEY, product_number \(dialect.int64) NOT NULL REFERENCES products (number)
        ) \(dialect.strict);
        """
    }

    static let productTypes = Migration("product-types") { _ in
        """
        ALTER TABLE products ADD COLUMN product_type TEXT;
        CREATE INDEX products_by_type ON products (product_type) WHERE product_type IS NOT NULL;
        """
    }

    static let barcodes = Migration("barcodes") { _ in "ALTER TABLE variants ADD COLUMN barcode TEXT;" }

    /// Categories have a parent, given when they are made and never changed; those of earlier versions are at the top.
    /// `path` has the titles from the top; null says that there is only its own.
    static let categoryTree = Migration("category-tree") { _ in
        """
        ALTER TABLE categories ADD COLUMN parent_id TEXT REFERENCES categories (id);
        ALTER TABLE categories ADD COLUMN path TEXT;
        CREATE INDEX categories_by_parent ON categories (parent_id);
        """
    }
}
