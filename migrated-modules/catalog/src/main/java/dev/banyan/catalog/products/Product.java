package dev.banyan.catalog.products;

import java.math.BigDecimal;

/**
 * One product.
 *
 * @param unitPrice with the scale that it was written with
 */
record Product(String sku, int quantity, BigDecimal unitPrice) {}
