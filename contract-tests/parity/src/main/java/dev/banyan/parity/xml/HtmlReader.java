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
  private static final Set<String> VERBATIM = Set.of("pre", "textarea", "script", "style");

  private HtmlReader() {}

  public static XmlOutcome read(String text) {
    try {
      Document page = Jsoup.parse(text);
      Element html = page.firstElementChild();
      return html == null ? new XmlOutcome.Invalid() : new XmlOutcome.Document(element(html, 0));
    } catch (TooDeepException tooDeep) {
      return new XmlOutcome.TooDeep();
    }
  }

  private static XmlNode.Element element(Element element, int depth) {
    if (depth > XmlOutcome.MAX_DEPTH) {
      throw new TooDeepException();
    }
    boolean verbatim = VERBATIM.contains(element.normalName());
    Map<XmlNode.Name, String> attributes = new HashMap<>();
    for (Attribute attribute : element.attributes()) {
      attributes.put(
          new XmlNode.Name("", attribute.getKey()),
          attribute.getKey().equals("class") ? spaced(attribute.getValue()) : attribute.getValue());
    }
    List<XmlNode> children = new ArrayList<>();
    for (Node node : element.childNodes()) {
      switch (node) {
        case Element child -> children.add(element(child, depth + 1));
        case TextNode text -> add(children, text.getWholeText(), verbatim);
        case DataNode data -> add(children, data.getWholeData(), true);
        default -> {
          // Comments and the doctype say nothing.
        }
      }
    }
    if (!verbatim) {
      trimEdges(element, children);
    }
    return XmlNode.Element.of(new XmlNode.Name("", element.normalName()), attributes, children);
  }

  /** Texts that only a comment stands between are one. */
  private static void add(List<XmlNode> children, String text, boolean verbatim) {
    boolean joined = !children.isEmpty() && children.getLast() instanceof XmlNode.Text;
    String whole = joined ? ((XmlNode.Text) children.removeLast()).value() + text : text;
    String value =
        verbatim ? whole.replace("\r\n", "\n").strip() : whole.replaceAll("[ \\t\\r\\n\\f]+", " ");
    if (!value.isEmpty()) {
      children.add(new XmlNode.Text(value));
    }
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
