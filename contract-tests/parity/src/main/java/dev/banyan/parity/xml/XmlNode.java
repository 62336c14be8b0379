package dev.banyan.parity.xml;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node of a document; equal nodes say the same. */
public sealed interface XmlNode {

  /** Characters. */
  record Text(String value) implements XmlNode {}

  /**
   * An element.
   *
   * @param name expanded
   * @param attributes by expanded name; declarations of namespaces are none
   * @param children in order; text between elements is left out where it is white space
   * @param hash of what it says
   */
  record Element(Name name, SortedMap<Name, String> attributes, List<XmlNode> children, int hash)
      implements XmlNode {

    public static Element of(Name name, Map<Name, String> attributes, List<XmlNode> children) {
      SortedMap<Name, String> sorted =
          attributes.isEmpty() ? Collections.emptySortedMap() : new TreeMap<>(attributes);
      int hash = (name.hashCode() * 31 + sorted.hashCode()) * 31 + children.hashCode();
      return new Element(name, sorted, List.copyOf(children), hash);
    }

    /** Whether it holds text alone, or nothing. */
    public boolean isLeaf() {
      return children.stream().noneMatch(Element.class::isInstance);
    }

    /** All characters of a leaf. */
    public String text() {
      StringBuilder text = new StringBuilder();
      for (XmlNode child : children) {
        if (child instanceof Text part) {
          text.append(part.value());
        }
      }
      return text.toString();
    }

    /** Whether {@code xsi:nil} says that there is nothing. */
    public boolean isNil() {
      String nil = attributes.get(Name.NIL);
      return nil != null && (nil.equals("true") || nil.equals("1"));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Element that
          && hash == that.hash
          && name.equals(that.name)
          && attributes.equals(that.attributes)
          && children.equals(that.children);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /**
   * An expanded name.
   *
   * @param namespace empty for none
   */
  record Name(String namespace, String local) implements Comparable<Name> {
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final Name NIL = new Name(INSTANCE, "nil");
    static final Name TYPE = new Name(INSTANCE, "type");

    @Override
    public int compareTo(Name other) {
      int byLocal = local.compareTo(other.local);
      return byLocal != 0 ? byLocal : namespace.compareTo(other.namespace);
    }
  }
}
