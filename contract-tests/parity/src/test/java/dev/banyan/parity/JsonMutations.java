package dev.banyan.parity;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonText;
import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes one thing in a JSON document, and knows what that is. */
final class JsonMutations {
  private final Random random;

  JsonMutations(Random random) {
    this.random = random;
  }

  /** A place in the document, and how to put another value there. */
  private record Spot(String at, Json value, UnaryOperator<Json> rebuilt) {}

  /** Null where the sort of change that was drawn has no place here. */
  @Nullable Mutation of(Json root) {
    List<Spot> spots = new ArrayList<>();
    collect("$", root, json -> json, spots);
    Spot spot = spots.get(random.nextInt(spots.size()));
    return switch (random.nextInt(9)) {
      case 0 -> value(spot);
      case 1 -> type(spot);
      case 2 -> missing(spot);
      case 3 -> extra(spot);
      case 4 -> order(spot);
      case 5 -> nameCase(spot);
      case 6 -> textCase(spot);
      case 7 -> precision(spot);
      default -> spaces(root);
    };
  }

  private static void collect(String at, Json json, UnaryOperator<Json> up, List<Spot> spots) {
    spots.add(new Spot(at, json, up));
    if (json instanceof Json.Arr arr) {
      for (int i = 0; i < arr.items().size(); i++) {
        int index = i;
        collect(
            at + "[*]",
            arr.items().get(i),
            changed -> up.apply(array(with(arr.items(), index, changed))),
            spots);
      }
    } else if (json instanceof Json.Obj obj) {
      for (int i = 0; i < obj.members().size(); i++) {
        int index = i;
        Json.Member member = obj.members().get(i);
        collect(
            Location.member(at, member.name()),
            member.value(),
            changed ->
                up.apply(
                    Json.Obj.of(
                        with(obj.members(), index, new Json.Member(member.name(), changed)))),
            spots);
      }
    }
  }

  private static @Nullable Mutation value(Spot spot) {
    Json other =
        switch (spot.value()) {
          case Json.Text text -> Json.Text.of(text.value() + "~");
          case Json.Num num -> Json.Num.of("7" + num.lexeme().replace("-", ""));
          case Json.Word word when word == Json.Word.NULL -> null;
          case Json.Word word -> word == Json.Word.TRUE ? Json.Word.FALSE : Json.Word.TRUE;
          default -> null;
        };
    return other == null ? null : changed("value", spot, other, spot.at() + " value");
  }

  private static @Nullable Mutation type(Spot spot) {
    Json other =
        switch (spot.value()) {
          case Json.Num num -> Json.Text.of(num.lexeme());
          case Json.Text text -> Json.Num.of("424242");
          case Json.Word word -> Json.Text.of("was " + word);
          case Json.Arr arr -> Json.Word.NULL;
          case Json.Obj obj -> Json.Word.NULL;
        };
    return changed("type", spot, other, spot.at() + " type");
  }

  private @Nullable Mutation missing(Spot spot) {
    if (spot.value() instanceof Json.Obj obj && !obj.members().isEmpty()) {
      int index = random.nextInt(obj.members().size());
      String at = Location.member(spot.at(), obj.members().get(index).name());
      return changed("missing", spot, Json.Obj.of(without(obj.members(), index)), at + " missing");
    }
    if (spot.value() instanceof Json.Arr arr && !arr.items().isEmpty()) {
      int index = random.nextInt(arr.items().size());
      return changed(
          "missing", spot, array(without(arr.items(), index)), spot.at() + "[*] missing");
    }
    return null;
  }

  private @Nullable Mutation extra(Spot spot) {
    if (spot.value() instanceof Json.Obj obj) {
      List<Json.Member> members = new ArrayList<>(obj.members());
      members.add(random.nextInt(members.size() + 1), new Json.Member("added", Json.Num.of("1")));
      return changed("extra", spot, Json.Obj.of(members), spot.at() + ".added extra");
    }
    if (spot.value() instanceof Json.Arr arr) {
      List<Json> items = new ArrayList<>(arr.items());
      int index = random.nextInt(items.size() + 1);
      Json added =
          items.isEmpty() || random.nextBoolean() ? Json.Text.of("added") : items.getFirst();
      items.add(index, added);
      return changed("extra", spot, array(items), spot.at() + "[*] extra");
    }
    return null;
  }

  private @Nullable Mutation order(Spot spot) {
    if (spot.value() instanceof Json.Obj obj && obj.members().size() > 1) {
      List<Json.Member> members = new ArrayList<>(obj.members());
      Collections.shuffle(members, random);
      return changed("member order", spot, Json.Obj.of(members), null);
    }
    if (!(spot.value() instanceof Json.Arr arr) || arr.items().size() < 2) {
      return null;
    }
    List<Json> items = new ArrayList<>(arr.items());
    Collections.swap(items, random.nextInt(items.size()), random.nextInt(items.size()));
    String before = JsonText.indented(arr, Integer.MAX_VALUE - 1);
    Json.Arr swapped = array(items);
    boolean same = before.equals(JsonText.indented(swapped, Integer.MAX_VALUE - 1));
    return same ? null : changed("order", spot, swapped, spot.at() + " order");
  }

  private @Nullable Mutation nameCase(Spot spot) {
    if (!(spot.value() instanceof Json.Obj obj) || obj.members().isEmpty()) {
      return null;
    }
    int index = random.nextInt(obj.members().size());
    Json.Member member = obj.members().get(index);
    String other = swappedCase(member.name());
    if (other.equals(member.name())
        || obj.members().stream().anyMatch(m -> m.name().equals(other))) {
      return null;
    }
    List<Json.Member> members = with(obj.members(), index, new Json.Member(other, member.value()));
    return new Mutation(
        "case of a name",
        text(spot.rebuilt().apply(Json.Obj.of(members))),
        Set.of(
            Location.member(spot.at(), member.name()) + " missing",
            Location.member(spot.at(), other) + " extra"));
  }

  private static @Nullable Mutation textCase(Spot spot) {
    if (!(spot.value() instanceof Json.Text text)) {
      return null;
    }
    String other = swappedCase(text.value());
    return other.equals(text.value())
        ? null
        : changed("case of a text", spot, Json.Text.of(other), spot.at() + " value");
  }

  private @Nullable Mutation precision(Spot spot) {
    if (!(spot.value() instanceof Json.Num num) || num.lexeme().matches(".*[eE].*")) {
      return null;
    }
    boolean whole = num.lexeme().indexOf('.') < 0;
    return random.nextBoolean()
        ? changed("scale", spot, Json.Num.of(num.lexeme() + (whole ? ".0" : "00")), null)
        : changed(
            "precision",
            spot,
            Json.Num.of(num.lexeme() + (whole ? ".0000000001" : "0000000001")),
            spot.at() + " value");
  }

  private static Mutation spaces(Json root) {
    return new Mutation("white space", JsonText.indented(root, Integer.MAX_VALUE - 1), Set.of());
  }

  private static Mutation changed(String sort, Spot spot, Json other, @Nullable String expected) {
    return new Mutation(
        sort, text(spot.rebuilt().apply(other)), expected == null ? Set.of() : Set.of(expected));
  }

  private static String swappedCase(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
  }

  private static Json.Arr array(List<Json> items) {
    return Json.Arr.of(items, CompareProfile.Arrays.ORDERED);
  }

  private static String text(Json json) {
    return JsonText.indented(json, Integer.MAX_VALUE - 1);
  }

  private static <T> List<T> with(List<T> list, int index, T other) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, other);
    return changed;
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> changed = new ArrayList<>(list);
    changed.remove(index);
    return changed;
  }
}
