package dev.banyan.catalog.products;

import java.util.List;

/** How a Web API answer is written. */
interface WireFormat {

  String products(List<Product> products);

  String product(Product product);

  /** A bare text, such as an error's. */
  String text(String text);
}
