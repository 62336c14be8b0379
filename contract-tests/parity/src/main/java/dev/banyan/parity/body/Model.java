package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.xml.XmlNode;

/** What a body was read as. */
public sealed interface Model {

  /**
   * Names and values.
   *
   * @param root how its locations begin: {@code $}, {@code form}, {@code parts}, {@code events}…
   */
  record Values(String root, Json json) implements Model {}

  /** XML or HTML. */
  record Elements(XmlNode.Element root) implements Model {}

  /** Plain text. */
  record Plain(String text) implements Model {}

  /** Nothing finer than bytes. */
  record Bytes() implements Model {}

  /**
   * Not looked at.
   *
   * @param reason as in {@code Incomparable}
   */
  record Refused(String reason) implements Model {}
}
