package dev.banyan.rules.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The messages, extensions and services of a linked {@code FileDescriptorSet}. Immutable; two of
 * the same bytes are equal.
 */
public final class DescriptorSet {
  private final String digest;
  private final Map<String, Descriptor> messages = new HashMap<>();
  private final Map<String, Descriptor> inAnyCase = new HashMap<>();
  private final Map<String, Descriptor> answers = new HashMap<>();
  private final Map<Extended, FieldDescriptor> extensions = new HashMap<>();

  private record Extended(String type, int number) {}

  DescriptorSet(String digest, Collection<FileDescriptor> files) {
    this.digest = digest;
    Set<String> ambiguous = new HashSet<>();
    for (FileDescriptor file : files) {
      file.getExtensions().forEach(this::extension);
      file.getMessageTypes().forEach(type -> message(type, ambiguous));
      file.getServices().forEach(this::service);
    }
    ambiguous.forEach(inAnyCase::remove);
  }

  private void message(Descriptor type, Set<String> ambiguous) {
    messages.put(type.getFullName(), type);
    String lower = type.getFullName().toLowerCase(Locale.ROOT);
    if (inAnyCase.put(lower, type) != null) {
      ambiguous.add(lower);
    }
    type.getExtensions().forEach(this::extension);
    type.getNestedTypes().forEach(nested -> message(nested, ambiguous));
  }

  private void extension(FieldDescriptor field) {
    extensions.put(new Extended(field.getContainingType().getFullName(), field.getNumber()), field);
  }

  private void service(ServiceDescriptor service) {
    for (MethodDescriptor method : service.getMethods()) {
      answers.put(service.getFullName() + "/" + method.getName(), method.getOutputType());
    }
  }

  /** By its full name, such as {@code shop.v1.Order}. */
  public Optional<Descriptor> message(String name) {
    return Optional.ofNullable(messages.get(name));
  }

  /** The same in any case, for names that lost theirs on the way; empty where two would do. */
  public Optional<Descriptor> messageInAnyCase(String name) {
    return Optional.ofNullable(inAnyCase.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The type of the messages that a method of gRPC answers with.
   *
   * @param target of the request: {@code /shop.v1.Orders/Get}, below whatever path
   */
  public Optional<Descriptor> answerTo(String target) {
    List<String> parts = List.of(target.split("[?#]", 2)[0].split("/", -1));
    return parts.size() < 2
        ? Optional.empty()
        : Optional.ofNullable(
            answers.get(String.join("/", parts.subList(parts.size() - 2, parts.size()))));
  }

  /** An extension (proto2) of a message. */
  public Optional<FieldDescriptor> extension(Descriptor type, int number) {
    return extensions.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(extensions.get(new Extended(type.getFullName(), number)));
  }

  /** Full names of all messages, in their order. */
  public Set<String> messageNames() {
    return new TreeSet<>(messages.keySet());
  }

  /** SHA-256 of the bytes it was read from, lower-case hex. */
  public String digest() {
    return digest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DescriptorSet set && digest.equals(set.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "DescriptorSet[" + digest + "]";
  }
}
