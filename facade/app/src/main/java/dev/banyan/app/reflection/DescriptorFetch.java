package dev.banyan.app.reflection;

import com.google.protobuf.ByteString;
import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorSet;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One fetch: the services → the file of each → all that these import → one set that the rule reader
 * takes.
 */
public final class DescriptorFetch {
  private final GrpcServer server;
  private final Reflection version;
  private final ReflectionCall call;
  private final ServedFiles files;

  private DescriptorFetch(
      GrpcServer server, Reflection version, ReflectionCall call, Bounds bounds) {
    this.server = server;
    this.version = version;
    this.call = call;
    this.files = new ServedFiles(server, bounds);
  }

  /**
   * @param services full names; none for all that the server lists, but for reflection itself
   * @throws FetchFailed where there is no such set, or not within the bounds
   */
  public static Fetched fetch(GrpcServer server, Set<String> services, Bounds bounds)
      throws FetchFailed, InterruptedException {
    try (ServerChannel channel = ServerChannel.open(server, bounds)) {
      return fetch(server, channel, services, bounds);
    } catch (StatusException failed) {
      throw ServerFailure.of(server, failed.getStatus(), bounds);
    }
  }

  private static Fetched fetch(
      GrpcServer server, ServerChannel channel, Set<String> services, Bounds bounds)
      throws FetchFailed, StatusException, InterruptedException {
    try (ReflectionCall call = channel.call(Reflection.V1)) {
      return new DescriptorFetch(server, Reflection.V1, call, bounds).fetch(services);
    } catch (StatusException refused) {
      if (refused.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw refused;
      }
    }
    try (ReflectionCall call = channel.call(Reflection.V1ALPHA)) {
      return new DescriptorFetch(server, Reflection.V1ALPHA, call, bounds).fetch(services);
    }
  }

  private Fetched fetch(Set<String> wanted)
      throws FetchFailed, StatusException, InterruptedException {
    List<String> services = chosen(wanted);
    for (String service : services) {
      addFileOf(service);
    }
    Optional<String> missing = files.nextMissing();
    while (missing.isPresent()) {
      addImport(missing.get());
      missing = files.nextMissing();
    }
    return readBack(services);
  }

  private List<String> chosen(Set<String> wanted)
      throws FetchFailed, StatusException, InterruptedException {
    Set<String> listed = listed();
    List<String> chosen = new ArrayList<>(listed);
    chosen.removeIf(Reflection::isService);
    if (wanted.isEmpty() && chosen.isEmpty()) {
      throw new FetchFailed(
          server, "has no service but reflection", "the server of the services to be compared");
    }
    if (wanted.isEmpty()) {
      return chosen;
    }
    for (String name : wanted) {
      if (!listed.contains(name)) {
        throw new FetchFailed(
            server, "has no service " + name, "one of " + FetchFailed.some(listed));
      }
    }
    return List.copyOf(new TreeSet<>(wanted));
  }

  private Set<String> listed() throws FetchFailed, StatusException, InterruptedException {
    ServerReflectionResponse answer =
        call.ask(ServerReflectionRequest.newBuilder().setListServices("*").build());
    if (!answer.hasListServicesResponse()) {
      throw new FetchFailed(
          server, "lists no services" + toldIn(answer), "a list; " + ServerFailure.PROTOC);
    }
    Set<String> names = new TreeSet<>();
    answer.getListServicesResponse().getServiceList().stream()
        .map(ServiceResponse::getName)
        .forEach(names::add);
    return names;
  }

  private void addFileOf(String service) throws FetchFailed, StatusException, InterruptedException {
    if (files.define(service)) {
      return;
    }
    ServerReflectionResponse answer =
        call.ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
    files.add(sentIn(answer));
    if (!files.define(service)) {
      throw new FetchFailed(
          server,
          "lists the service "
              + FetchFailed.cut(service)
              + ", but does not send the file that defines it"
              + toldIn(answer),
          "its descriptor in the server; the other services with --service NAME; "
              + ServerFailure.PROTOC);
    }
  }

  private void addImport(String name) throws FetchFailed, StatusException, InterruptedException {
    ServerReflectionResponse answer =
        call.ask(ServerReflectionRequest.newBuilder().setFileByFilename(name).build());
    files.add(sentIn(answer));
    if (files.lack(name)) {
      throw new FetchFailed(
          server,
          FetchFailed.some(files.importersOf(name))
              + " imports "
              + FetchFailed.cut(name)
              + ", which the server does not send"
              + toldIn(answer),
          "that file in the server under this name; " + ServerFailure.PROTOC);
    }
  }

  private static List<ByteString> sentIn(ServerReflectionResponse answer) {
    return answer.getFileDescriptorResponse().getFileDescriptorProtoList();
  }

  /** Why there is nothing else in it, in the server's own words. */
  private static String toldIn(ServerReflectionResponse answer) {
    String told = answer.getErrorResponse().getErrorMessage();
    return told.isBlank() ? "" : ": " + FetchFailed.cut(told);
  }

  /** The reader's cures are those of a file that protoc wrote. */
  private static String withoutCure(String problem) {
    return FetchFailed.cut(problem.substring(0, problem.lastIndexOf(" (")));
  }

  private Fetched readBack(List<String> services) throws FetchFailed {
    List<ServedFile> ordered = files.inOrder();
    ByteString set = ServedFiles.set(ordered);
    return switch (DescriptorReader.read(set.toByteArray())) {
      case DescriptorReader.Outcome.Linked(DescriptorSet linked) ->
          new Fetched(
              version,
              services,
              ordered.stream().map(ServedFile::name).toList(),
              set,
              linked.digest());
      case DescriptorReader.Outcome.Unusable(List<String> problems) ->
          throw new FetchFailed(
              server,
              "sends descriptors that cannot be used: " + withoutCure(problems.getFirst()),
              "descriptors that fit together; " + ServerFailure.PROTOC);
    };
  }
}
