package dev.banyan.parity.xml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML within bounds: no DTD, no entity but the five of XML, no file or address is ever
 * opened.
 */
public final class XmlReader {
  private static final XMLInputFactory FACTORY = factory();
  private static final XmlNode.Name INCLUDE =
      new XmlNode.Name("http://www.w3.org/2004/08/xop/include", "Include");
  private static final XmlNode.Name HREF = new XmlNode.Name("", "href");

  /** Bytes that a tree may take, whatever the size of its text, and for each char of it. */
  private static final long FREE = 4 << 20;

  private static final int PER_CHAR = 8;
  private static final int ELEMENT = 150;
  private static final int ATTRIBUTE = 150;
  private static final int SHARED = 4096;

  private final Function<String, Optional<String>> attachments;
  private final Map<XmlNode.Name, XmlNode.Name> names = new HashMap<>();
  private long room;

  /** With no attachments. */
  public XmlReader() {
    this(href -> Optional.empty());
  }

  /**
   * @param attachments the base64 of what an {@code xop:Include} refers to, by its href; one that
   *     refers to nothing stays an element
   */
  public XmlReader(Function<String, Optional<String>> attachments) {
    this.attachments = attachments;
  }

  public XmlOutcome read(String text) {
    room = FREE + (long) PER_CHAR * text.length();
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          return new XmlOutcome.Invalid();
        }
      }
      XmlNode.Element root = element(reader, 0);
      while (reader.hasNext()) {
        reader.next();
      }
      return new XmlOutcome.Document(root);
    } catch (TooDeepException tooDeep) {
      return new XmlOutcome.TooDeep();
    } catch (TooManyException tooMany) {
      return new XmlOutcome.TooMany();
    } catch (XMLStreamException | RuntimeException broken) {
      // The JDK's reader answers some broken documents with unchecked exceptions.
      return new XmlOutcome.Invalid();
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  private XmlNode.Element element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > XmlOutcome.MAX_DEPTH) {
      throw new TooDeepException();
    }
    room -= ELEMENT + (long) ATTRIBUTE * reader.getAttributeCount();
    if (room < 0) {
      throw new TooManyException();
    }
    XmlNode.Name name = name(reader.getNamespaceURI(), reader.getLocalName());
    Map<XmlNode.Name, String> attributes = attributes(reader);
    List<XmlNode> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean qualified = Lexical.isQualified(name);
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          flush(text, children);
          XmlNode.Element child = element(reader, depth + 1);
          Optional<String> attached =
              child.name().equals(INCLUDE)
                  ? attachments.apply(child.attributes().getOrDefault(HREF, ""))
                  : Optional.empty();
          attached.ifPresentOrElse(text::append, () -> children.add(child));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException("an entity that is not XML's own");
        default -> {
          // Comments and processing instructions say nothing.
        }
      }
    }
    boolean leaf = children.stream().noneMatch(XmlNode.Element.class::isInstance);
    if (leaf && qualified) {
      String expanded = Lexical.qualified(text.toString(), reader.getNamespaceContext());
      text.setLength(0);
      text.append(expanded);
    } else if (leaf) {
      String typed = Lexical.typed(attributes.get(XmlNode.Name.TYPE), text.toString());
      text.setLength(0);
      text.append(typed);
    }
    flush(text, children);
    return XmlNode.Element.of(name, attributes, leaf ? children : withoutBlanks(children));
  }

  private static void flush(StringBuilder text, List<XmlNode> children) {
    if (!text.isEmpty()) {
      children.add(new XmlNode.Text(text.toString()));
      text.setLength(0);
    }
  }

  private static List<XmlNode> withoutBlanks(List<XmlNode> children) {
    return children.stream()
        .filter(child -> !(child instanceof XmlNode.Text text) || !text.value().isBlank())
        .toList();
  }

  private Map<XmlNode.Name, String> attributes(XMLStreamReader reader) {
    if (reader.getAttributeCount() == 0) {
      return Map.of();
    }
    Map<XmlNode.Name, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      XmlNode.Name name = name(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i));
      String value = reader.getAttributeValue(i);
      attributes.put(
          name,
          name.equals(XmlNode.Name.TYPE)
              ? Lexical.qualified(value, reader.getNamespaceContext())
              : value);
    }
    return attributes;
  }

  /** One object for all places of a name. */
  private XmlNode.Name name(@Nullable String namespace, String local) {
    XmlNode.Name name = new XmlNode.Name(namespace == null ? "" : namespace, local);
    XmlNode.Name known = names.get(name);
    if (known == null && names.size() < SHARED) {
      names.put(name, name);
    }
    return known == null ? name : known;
  }

  private static final class TooManyException extends XMLStreamException {
    TooManyException() {
      super("too many elements for the size of the text");
    }
  }

  private static final class TooDeepException extends XMLStreamException {
    TooDeepException() {
      super("more than " + XmlOutcome.MAX_DEPTH + " levels");
    }
  }
}
