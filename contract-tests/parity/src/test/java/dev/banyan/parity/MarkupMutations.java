package dev.banyan.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Changes one thing in an XML document or a page, and knows what that is. */
final class MarkupMutations {
  private final Random random;

  MarkupMutations(Random random) {
    this.random = random;
  }

  /** Null where the sort of change that was drawn has no place here; the document is changed. */
  @Nullable Mutation of(Document document) {
    document.outputSettings().prettyPrint(false);
    List<Element> elements = new ArrayList<>(document.getAllElements());
    elements.removeIf(element -> element instanceof Document || isAside(element));
    Element element = elements.get(random.nextInt(elements.size()));
    return switch (random.nextInt(9)) {
      case 0 -> text(document, element, "value", "~");
      case 1 -> text(document, element, "precision", "01");
      case 2 -> attribute(document, element);
      case 3 -> missing(document, element);
      case 4 -> extra(document, element);
      case 5 -> order(document, element);
      case 6 -> textCase(document, element);
      case 7 -> shownSpace(document);
      default -> nothing(document, element);
    };
  }

  private static @Nullable Mutation text(
      Document document, Element element, String sort, String end) {
    if (!isLeafText(element)) {
      return null;
    }
    TextNode text = (TextNode) element.childNode(0);
    text.text(text.getWholeText().stripTrailing() + end);
    return done(document, sort, path(element) + " value");
  }

  private static @Nullable Mutation textCase(Document document, Element element) {
    if (!isLeafText(element)) {
      return null;
    }
    TextNode text = (TextNode) element.childNode(0);
    String before = text.getWholeText();
    String upper = before.toUpperCase(Locale.ROOT);
    String other = upper.equals(before) ? before.toLowerCase(Locale.ROOT) : upper;
    if (other.equals(before)) {
      return null;
    }
    text.text(other);
    return done(document, "case of a text", path(element) + " value");
  }

  private @Nullable Mutation shownSpace(Document document) {
    List<Element> shown = new ArrayList<>(document.select("pre, pre *, textarea"));
    shown.removeIf(element -> !isLeafText(element));
    if (shown.isEmpty()) {
      return null;
    }
    Element element = shown.get(random.nextInt(shown.size()));
    TextNode text = (TextNode) element.childNode(0);
    text.text(text.getWholeText() + " ");
    return done(document, "space that is shown", path(element) + " value");
  }

  private @Nullable Mutation attribute(Document document, Element element) {
    List<Attribute> attributes = element.attributes().asList();
    if (attributes.isEmpty()) {
      return null;
    }
    Attribute attribute = attributes.get(random.nextInt(attributes.size()));
    String name = attribute.getKey();
    if (name.startsWith("xmlns") || name.endsWith(":nil") || name.equals("name")) {
      return null;
    }
    String place = path(element) + "/@" + local(name);
    if (random.nextBoolean()) {
      element.attr(name, attribute.getValue() + "~");
      return done(document, "attribute", place + " value");
    }
    element.removeAttr(name);
    return done(document, "attribute missing", place + " missing");
  }

  private static @Nullable Mutation missing(Document document, Element element) {
    if (!standsAlone(element) || isRooted(element)) {
      return null;
    }
    String place = path(element);
    element.remove();
    return done(document, "missing", place + " missing");
  }

  private static @Nullable Mutation extra(Document document, Element element) {
    if (!standsAlone(element) || isRooted(element)) {
      return null;
    }
    String place = path(element.parent()) + "/added";
    Element added = new Element("added");
    element.before(added.text("1"));
    return done(document, "extra", place + " extra");
  }

  private static @Nullable Mutation order(Document document, Element element) {
    Element next = element.nextElementSibling();
    if (next == null
        || isRooted(element)
        || !standsAlone(element)
        || !standsAlone(next)
        || element.outerHtml().equals(next.outerHtml())) {
      return null;
    }
    String place = path(element.parent());
    next.remove();
    element.before(next);
    return done(document, "order", place + " order");
  }

  private @Nullable Mutation nothing(Document document, Element element) {
    if (isRooted(element) || !standsAlone(element)) {
      return null;
    }
    if (random.nextBoolean()) {
      element.before(new Comment(" said to nobody "));
      return new Mutation("comment", document.outerHtml(), Set.of());
    }
    if (element.parents().is("pre")) {
      return null;
    }
    element.before(new TextNode("\n\t"));
    return new Mutation("white space", document.outerHtml(), Set.of());
  }

  private static Mutation done(Document document, String sort, String expected) {
    return new Mutation(sort, document.outerHtml(), Set.of(expected));
  }

  private static boolean isLeafText(Element element) {
    return element.childNodeSize() == 1
        && element.childNode(0) instanceof TextNode text
        && !text.isBlank();
  }

  /** Neither it nor its neighbours belong to a line of text. */
  private static boolean standsAlone(Element element) {
    Element parent = element.parent();
    if (parent == null) {
      return false;
    }
    boolean page = element.parents().is("html");
    for (Node node : parent.childNodes()) {
      if (node instanceof TextNode text && !text.isBlank()) {
        return false;
      }
      if (page && node instanceof Element sibling && !sibling.isBlock()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRooted(Element element) {
    return element.parent() == null
        || element.parent() instanceof Document
        || Set.of("head", "body", "html").contains(element.normalName())
        || (element.parents().is("html") && element.parents().is("table,select"));
  }

  private static boolean isAside(Element element) {
    for (Element up = element; up != null; up = up.parent()) {
      if (Set.of("head", "script", "style").contains(up.normalName())) {
        return true;
      }
    }
    return false;
  }

  private static String path(@Nullable Element element) {
    if (element == null || element instanceof Document) {
      return "";
    }
    String local = local(element.tagName());
    String name = element.attr("name");
    String step = local.equals("input") && !name.isEmpty() ? "input[@name='" + name + "']" : local;
    return path(element.parent()) + "/" + step;
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
