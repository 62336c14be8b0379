package dev.banyan.proxy.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections in, on the acceptor's thread, before anything is spent on them: not more than
 * the process can hold, and not more than one address may have. Who is refused is closed at once.
 */
@Sharable
public final class Doorkeeper extends ChannelInboundHandlerAdapter {
  private final EdgeLimits limits;
  private final TrustedProxies trusted;
  private final Refusals refusals;
  private final OpenFiles files = OpenFiles.now();
  private volatile int most;
  private final AtomicInteger held = new AtomicInteger();
  private final List<Channel> doors = new CopyOnWriteArrayList<>();
  private volatile long seen;
  private volatile long failed;
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

  public Doorkeeper(EdgeLimits limits, TrustedProxies trusted, Refusals refusals) {
    this.limits = limits;
    this.trusted = trusted;
    this.refusals = refusals;
    this.most = plan(0).clients();
  }

  /**
   * Shares the files of the process between clients and upstreams anew. Who is connected stays.
   *
   * @param upstreams connections that may be held to upstreams
   * @return where the system says how many files there are: what is wanted of them
   */
  public Optional<FilePlan> share(long upstreams) {
    FilePlan plan = plan(upstreams);
    most = plan.clients();
    return files.told() ? Optional.of(plan) : Optional.empty();
  }

  private FilePlan plan(long upstreams) {
    return FilePlan.of(files.limit(), files.open(), upstreams, limits.connections());
  }

  /** Connections held at this moment. */
  public int held() {
    return held.get();
  }

  /** Connections that may be held. */
  public int most() {
    return most;
  }

  /** Connections that ever came, let in or not. */
  long seen() {
    return seen;
  }

  /** How often taking somebody in has failed. */
  long failed() {
    return failed;
  }

  /** The listening sockets. */
  List<Channel> doors() {
    return List.copyOf(doors);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    doors.add(context.channel());
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the acceptor's thread writes it.
  public void channelRead(ChannelHandlerContext context, Object message) {
    seen++;
    if (message instanceof Channel child && !admits(child)) {
      child.unsafe().closeForcibly();
      return;
    }
    context.fireChannelRead(message);
  }

  private boolean admits(Channel child) {
    if (held.get() >= most) {
      refusals.refused(0, RefusalReason.CONNECTIONS);
      return false;
    }
    String address = address(child);
    boolean proxy = trusted.contains(address);
    String counted = proxy ? null : address;
    if (!count(counted)) {
      refusals.refused(0, RefusalReason.CONNECTIONS_OF_ADDRESS);
      return false;
    }
    held.incrementAndGet();
    Arrival.begin(child.pipeline(), limits, refusals);
    if (proxy && limits.proxyProtocol() == EdgeLimits.ProxyProtocol.REQUIRED) {
      ProxyHeader.expect(child.pipeline(), refusals);
    }
    FirstBytes.expect(child.pipeline(), refusals);
    var _ =
        child
            .closeFuture()
            .addListener(
                closed -> {
                  held.decrementAndGet();
                  discount(counted);
                });
    return true;
  }

  private boolean count(@Nullable String address) {
    int allowed = limits.connectionsPerAddress();
    if (allowed == 0 || address == null) {
      return true;
    }
    if (byAddress.merge(address, 1, Integer::sum) <= allowed) {
      return true;
    }
    discount(address);
    return false;
  }

  private void discount(@Nullable String address) {
    if (limits.connectionsPerAddress() > 0 && address != null) {
      byAddress.computeIfPresent(address, (a, count) -> count > 1 ? count - 1 : null);
    }
  }

  private static @Nullable String address(Channel child) {
    return child.remoteAddress() instanceof InetSocketAddress socket && socket.getAddress() != null
        ? socket.getAddress().getHostAddress()
        : null;
  }

  /** Where no file is left, the acceptor rests for a second and tries again; that is counted. */
  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the acceptor's thread writes it.
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed++;
    refusals.refused(0, RefusalReason.CONNECTIONS);
    context.fireExceptionCaught(cause);
  }
}
