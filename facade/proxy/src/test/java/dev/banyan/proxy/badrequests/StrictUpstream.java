package dev.banyan.proxy.badrequests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands where the legacy system stands and takes nothing but what RFC 9112 allows, so that a
 * facade that sends on something ambiguous is caught by what it sent, not by guessing from timing.
 * It answers 200 and repeats the target; a target under {@code /r/} gets the case's own answer.
 */
final class StrictUpstream implements AutoCloseable {
  private static final Pattern SCRIPTED = Pattern.compile("^(?:http://[^/]*)?/r/([^/?]+)");

  private final ServerSocket server;
  private final List<SeenRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile List<Case.Step> script = List.of();

  StrictUpstream() {
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Forgets what it saw and answers this case from now on. */
  void expect(Case next) {
    requests.clear();
    errors.clear();
    script = next.answer();
  }

  /** What it saw, without the canaries. */
  List<SeenRequest> requests() {
    return requests.stream().filter(r -> !r.target.startsWith("/canary")).toList();
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      StrictReader reader = new StrictReader(socket.getInputStream());
      boolean more = true;
      while (more) {
        more = serveOne(socket, reader);
      }
    } catch (StrictReader.Violation violation) {
      errors.add(String.valueOf(violation.getMessage()));
    } catch (IOException gone) {
      return;
    } finally {
      sockets.remove(socket);
    }
  }

  private boolean serveOne(Socket socket, StrictReader reader)
      throws IOException, StrictReader.Violation {
    SeenRequest request = reader.line();
    requests.add(request);
    reader.fields(request);
    Matcher scripted = SCRIPTED.matcher(request.target);
    List<Case.Step> steps = scripted.find() ? script : List.of();
    boolean expects = request.values("expect").contains("100-continue");
    if (expects && steps.isEmpty()) {
      write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    // Who keeps the connection has read what came, unless he says otherwise.
    if (!steps.isEmpty() && (!has(steps, "keep") || has(steps, "raw"))) {
      request.complete = true;
      return play(socket, steps);
    }
    reader.body(request);
    request.complete = true;
    if (!steps.isEmpty()) {
      return play(socket, steps);
    }
    return answer(socket, request);
  }

  private static boolean answer(Socket socket, SeenRequest request) throws IOException {
    String body = "target=" + request.target;
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    write(socket, request.method.equals("HEAD") ? head : head + body);
    return request.minor == 1
        && request.values("connection").stream()
            .noneMatch(v -> v.toLowerCase(Locale.ROOT).contains("close"));
  }

  private static boolean has(List<Case.Step> steps, String word) {
    return steps.contains(new Case.Step.Word(word));
  }

  private static boolean play(Socket socket, List<Case.Step> steps) throws IOException {
    boolean keeps = false;
    for (Case.Step step : steps) {
      switch (step) {
        case Case.Step.Write(String text) -> write(socket, text);
        case Case.Step.Pause(long millis) -> Talk.pause(millis);
        case Case.Step.Word(String word) when word.equals("rst") -> {
          socket.setSoLinger(true, 0);
          socket.close();
          return false;
        }
        case Case.Step.Word(String word) when word.equals("close") -> {
          return false;
        }
        case Case.Step.Word(String word) -> keeps |= word.equals("keep");
      }
    }
    return keeps;
  }

  private static void write(Socket socket, String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
