package dev.banyan.modulekit.shadow;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One request that must leave no trace, from its admission to the end of its answer. */
final class ShadowRequest {

  enum Ending {
    /** The answer has been written, so nobody is at work on the request any more. */
    ANSWERED,
    /** The client went away; the request may still be at work. */
    CUT
  }

  private static final Object KEY = ShadowRequest.class;

  private final Map<SessionSource, ShadowSession> sessions = new HashMap<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private boolean ended;

  /** The shadow request that this thread works for, if it does. */
  static @Nullable ShadowRequest current() {
    Context context = Vertx.currentContext();
    return context != null && VertxContext.isDuplicatedContext(context)
        ? context.getLocal(KEY)
        : null;
  }

  /** Makes this the request of the current context, and of all that is passed on from it. */
  void enter() {
    Context context = Vertx.currentContext();
    if (context == null || !VertxContext.isDuplicatedContext(context)) {
      throw new IllegalStateException("context: " + context + " (expected: one of this request)");
    }
    context.putLocal(KEY, this);
  }

  /** The one session of this request with that database, opened where it is the first time. */
  synchronized ShadowSession session(SessionSource source) throws SQLException {
    if (ended) {
      throw refusedSql("work after the end of the request");
    }
    ShadowSession session = sessions.get(source);
    if (session == null) {
      session = source.take();
      sessions.put(source, session);
    }
    return session;
  }

  /** Keeps what was refused, for the answer's head. */
  ShadowRefusedException refused(String what) {
    String said = "shadow request: " + what;
    refusals.add(said);
    return new ShadowRefusedException(said);
  }

  SQLException refusedSql(String what) {
    return new SQLException(refused(what).getMessage(), "25006");
  }

  /** Never waits: the event loop asks. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Rolls everything back; waits for the database. Has no effect the second time. */
  void end(Ending how) {
    List<ShadowSession> open;
    synchronized (this) {
      ended = true;
      open = List.copyOf(sessions.values());
      sessions.clear();
    }
    for (ShadowSession session : open) {
      session.end(how);
    }
  }
}
