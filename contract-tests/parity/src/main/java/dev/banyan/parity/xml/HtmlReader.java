package dev.banyan.parity.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;

/**
 * Reads a page as a browser would: names in any case, optional tags, entities. White space is one
 * space, and none at the edge of a block; comments say nothing.
 */
public final class HtmlReader {
  private static final Set<String> PREFORMATTED = Set.of("pre", "textarea");
  private static final Set<String> CODE = Set.of("script", "style");

  private HtmlReader() {}

  /** What white space is worth within an element. */
  private enum Space {
    /** One space, wherever it stands. */
    ONE,
    /** All of it is seen, down to the last element within. */
    KEPT,
    /** None at the ends. */
    STRIPPED;

    Space within(Element element) {
      if (CODE.contains(element.normalName())) {
        return STRIPPED;
      }
      return PREFORMATTED.contains(element.normalName()) ? KEPT : this;
    }
  }

  public static XmlOutcome read(String text) {
    try {
      // As a browser's input stream: a carriage return is no char of a page's text.
      Document page = Jsoup.parse(text.replace("\r\n", "\n").replace('\r', '\n'));
      Element html = page.firstElementChild();
      return html == null
          ? new XmlOutcome.Invalid()
          : new XmlOutcome.Document(element(html, Space.ONE, 0));
    } catch (TooDeepException tooDeep) {
      return new XmlOutcome.TooDeep();
    }
  }

  private static XmlNode.Element element(Element element, Space outside, int depth) {
    if (depth > XmlOutcome.MAX_DEPTH) {
      throw new TooDeepException();
    }
    Space space = outside.within(element);
    Map<XmlNode.Name, String> attributes = new HashMap<>();
    for (Attribute attribute : element.attributes()) {
      attributes.put(
          new XmlNode.Name("", attribute.getKey()),
          attribute.getKey().equals("class") ? spaced(attribute.getValue()) : attribute.getValue());
    }
    List<XmlNode> children = new ArrayList<>();
    for (Node node : element.childNodes()) {
      switch (node) {
        case Element child -> children.add(element(child, space, depth + 1));
        case TextNode text -> add(children, seen(element, text), space);
        case DataNode data -> add(children, data.getWholeData(), Space.STRIPPED);
        default -> {
          // Comments and the doctype say nothing.
        }
      }
    }
    if (space == Space.ONE) {
      trimEdges(element, children);
    }
    return XmlNode.Element.of(new XmlNode.Name("", element.normalName()), attributes, children);
  }

  /** Texts that only a comment stands between are one. */
  private static void add(List<XmlNode> children, String text, Space space) {
    boolean joined = !children.isEmpty() && children.getLast() instanceof XmlNode.Text;
    String whole = joined ? ((XmlNode.Text) children.removeLast()).value() + text : text;
    String value =
        switch (space) {
          case ONE -> whole.replaceAll("[ \\t\\r\\n\\f]+", " ");
          case KEPT -> whole;
          case STRIPPED -> whole.strip();
        };
    if (!value.isEmpty()) {
      children.add(new XmlNode.Text(value));
    }
  }

  /** The line feed behind the tag is not seen; the parser drops that of a pre itself. */
  private static String seen(Element element, TextNode text) {
    String whole = text.getWholeText();
    boolean behindTag = text.siblingIndex() == 0 && element.normalName().equals("textarea");
    return behindTag && whole.startsWith("\n") ? whole.substring(1) : whole;
  }

  /** White space is seen between inline elements only. */
  private static void trimEdges(Element element, List<XmlNode> children) {
    if (!element.isBlock()) {
      return;
    }
    for (int i = children.size() - 1; i >= 0; i--) {
      if (!(children.get(i) instanceof XmlNode.Text text)) {
        continue;
      }
      String value = text.value();
      if (i == 0 || isBlock(children.get(i - 1))) {
        value = value.stripLeading();
      }
      if (i == children.size() - 1 || isBlock(children.get(i + 1))) {
        value = value.stripTrailing();
      }
      if (value.isEmpty()) {
        children.remove(i);
      } else {
        children.set(i, new XmlNode.Text(value));
      }
    }
  }

  private static boolean isBlock(XmlNode node) {
    return node instanceof XmlNode.Element element
        && (Tag.valueOf(element.name().local()).isBlock() || element.name().local().equals("br"));
  }

  private static String spaced(String words) {
    return words.strip().replaceAll("\\s+", " ");
  }

  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooDeepException() {
      super("more than " + XmlOutcome.MAX_DEPTH + " levels", null, false, false);
    }
  }
}
