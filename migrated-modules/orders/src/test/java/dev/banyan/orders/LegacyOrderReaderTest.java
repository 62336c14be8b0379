package dev.banyan.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sent to the legacy system, and the members that it answered. */
class LegacyOrderReaderTest {

  @Test
  void namesMatchInAnyCaseNumbersMayBeTextsAndUnknownMembersAreIgnored() {
    assertThat(
            answered(
                "{\"OrderID\":5,\"customername\":\"low\",\"TOTAL\":\"12.5\",\"Status\":\"Shipped\","
                    + "\"OrderDate\":\"2014-03-09T14:05:30Z\",\"Nope\":1}"))
        .contains(
            "\"OrderID\":0,\"CustomerName\":\"low\",\"OrderDate\":\"\\/Date(1394373930000)\\/\"",
            "\"Status\":1,\"Total\":12.5,");
  }

  @Test
  void whatIsAbsentOrNullIsTheDefault() {
    assertThat(
            answered(
                "{\"Total\":null,\"Status\":null,\"Lines\":[{\"Quantity\":\"3\"}],"
                    + "\"CustomerName\":5}"))
        .contains(
            "\"CustomerName\":\"5\",\"OrderDate\":\"\\/Date(-59011459200000)\\/\","
                + "\"ShippedDate\":null,\"Status\":0,\"Total\":0,"
                + "\"RowGuid\":\"00000000-0000-0000-0000-000000000000\"",
            "\"RowVersion\":null,\"Lines\":[{\"Sku\":null,\"Quantity\":3,\"UnitPrice\":0}],"
                + "\"Attributes\":null,\"Notes\":null}");
  }

  @Test
  void aDecimalKeepsItsScaleAndTextIsEscapedAsTheLegacyDoes() {
    assertThat(
            answered(
                "{\"Total\":12.50,\"RowVersion\":[1,2],\"Attributes\":{\"po\":\"1\"},"
                    + "\"Notes\":\"a'b<c>\\u001f/\"}"))
        .contains(
            "\"Total\":12.50,",
            "\"RowVersion\":[1,2],\"Lines\":null,\"Attributes\":{\"po\":\"1\"},"
                + "\"Notes\":\"a\\u0027b\\u003cc\\u003e\\u001f/\"}");
  }

  @Test
  void linesThatAreNoListAreAnEmptyOne() {
    assertThat(answered("{\"Lines\":{\"a\":1}}")).contains("\"Lines\":[],");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Total\":\"abc\"}",
        "{\"Status\":1.5}",
        "{\"RowGuid\":\"x\"}",
        "{\"OrderDate\":\"tomorrow\"}",
        "{\"RowVersion\":[256]}",
        "{\"Lead\":\"02:03:00\"}",
        "[]",
        ""
      })
  void anythingElseIsRefused(String body) {
    assertThatThrownBy(() -> LegacyOrderReader.order(body))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String answered(String body) {
    return LegacyForm.order(LegacyOrderReader.order(body));
  }
}
