package dev.banyan.catalog.products;

import java.util.List;
import java.util.stream.Collectors;

/**
 * XML as DataContractSerializer writes it for Web API.
 *
 * <p>Members are in alphabetical order, there is no XML declaration, and a decimal is as it is:
 * {@code 100} here where JSON says {@code 100.0}.
 */
final class WebApiXml implements WireFormat {

  private static final String NAMESPACES =
      " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
          + " xmlns=\"http://legacy.example/orders\"";

  @Override
  public String products(List<Product> products) {
    return products.stream()
        .map(product -> "<OrderLine>" + members(product) + "</OrderLine>")
        .collect(
            Collectors.joining("", "<ArrayOfOrderLine" + NAMESPACES + ">", "</ArrayOfOrderLine>"));
  }

  @Override
  public String product(Product product) {
    return "<OrderLine" + NAMESPACES + ">" + members(product) + "</OrderLine>";
  }

  @Override
  public String text(String text) {
    return "<string xmlns=\"http://schemas.microsoft.com/2003/10/Serialization/\">"
        + escaped(text)
        + "</string>";
  }

  private static String members(Product product) {
    return "<Quantity>"
        + product.quantity()
        + "</Quantity><Sku>"
        + escaped(product.sku())
        + "</Sku><UnitPrice>"
        + product.unitPrice().toPlainString()
        + "</UnitPrice>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
