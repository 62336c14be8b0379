package dev.banyan.parity.xml;

/** What reading a document came to. */
public sealed interface XmlOutcome {
  /** Levels of nesting that are read. */
  int MAX_DEPTH = 200;

  /** A document. */
  record Document(XmlNode.Element root) implements XmlOutcome {}

  /** Not well-formed, with a DTD's entities, or in a form that is not read here. */
  record Invalid() implements XmlOutcome {}

  /** More than {@link #MAX_DEPTH} levels. */
  record TooDeep() implements XmlOutcome {}

  /** Its tree would take many times the memory of its text. */
  record TooMany() implements XmlOutcome {}
}
