package dev.banyan.modulekit.shadow;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A pooled connection: itself for live requests, a window on the request's session for shadow ones.
 *
 * <p>The pool gives a connection to one thread at a time, so its state needs no lock.
 */
final class ShadowSafeConnection implements InvocationHandler {

  private final Connection real;
  private final SessionSource source;
  private @Nullable ShadowRequest user;
  private boolean autoCommit = true;
  private @Nullable String level;

  private ShadowSafeConnection(Connection real, SessionSource source) {
    this.real = real;
    this.source = source;
  }

  static Connection around(Connection real, SessionSource source) {
    return (Connection)
        Proxy.newProxyInstance(
            ShadowSafeConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new ShadowSafeConnection(real, source));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString", "isClosed", "isValid", "close", "abort" ->
          call(real, method, arguments); // The pool's own business.
      default -> {
        ShadowRequest shadow = ShadowRequest.current();
        yield shadow == null
            ? call(real, method, arguments)
            : inShadow(shadow, method, arguments == null ? new Object[0] : arguments);
      }
    };
  }

  private @Nullable Object inShadow(
      ShadowRequest shadow, Method method, @Nullable Object[] arguments) throws Throwable {
    if (user != shadow) {
      user = shadow; // What an earlier shadow request left open ended with it.
      autoCommit = true;
      level = null;
    }
    switch (method.getName()) {
      case "getAutoCommit" -> {
        return autoCommit;
      }
      case "setAutoCommit" -> setAutoCommit(shadow, Boolean.TRUE.equals(arguments[0]));
      case "commit" -> commit(shadow);
      case "rollback" -> {
        if (arguments.length > 0) {
          return call(session(shadow).connection(), method, arguments);
        }
        rollback(shadow);
      }
      case "setReadOnly", "setTransactionIsolation", "setHoldability", "setNetworkTimeout" -> {
        // They hold for a whole transaction or connection, and this one is shared.
      }
      default -> {
        return onSession(shadow, method, arguments);
      }
    }
    return null;
  }

  private @Nullable Object onSession(
      ShadowRequest shadow, Method method, @Nullable Object[] arguments) throws Throwable {
    Object first = arguments.length > 0 ? arguments[0] : null;
    if (method.getName().equals("unwrap") && first != PGConnection.class) {
      throw shadow.refusedSql("unwrap: " + first + " (expected: PGConnection)");
    }
    if (first instanceof String sql && TransactionWords.in(sql)) {
      throw shadow.refusedSql("SQL that ends a transaction (expected: commit of JDBC or JTA)");
    }
    ShadowSession session = session(shadow);
    session.savesEachStatement(autoCommit);
    Object result = call(session.connection(), method, arguments);
    return method.getName().equals("createStatement") && result instanceof Statement statement
        ? ShadowStatement.around(statement, shadow)
        : result;
  }

  private void setAutoCommit(ShadowRequest shadow, boolean wanted) throws SQLException {
    if (wanted == autoCommit) {
      return;
    }
    if (wanted) {
      commit(shadow); // JDBC: the change in the middle of a transaction commits it.
      endLevel();
    } else {
      level = session(shadow).beginLevel();
    }
    autoCommit = wanted;
  }

  private void commit(ShadowRequest shadow) throws SQLException {
    ShadowSession session = session(shadow);
    String ending = level("commit");
    level = null;
    try {
      session.commitLevel(ending);
    } finally {
      level = session.beginLevel();
    }
  }

  private void rollback(ShadowRequest shadow) throws SQLException {
    ShadowSession session = session(shadow);
    session.rollbackLevel(level("rollback"));
    level = session.beginLevel();
  }

  private String level(String what) throws SQLException {
    String open = level;
    if (open == null) {
      throw new SQLException(what + ": in auto-commit (expected: a transaction)", "25P01");
    }
    return open;
  }

  private void endLevel() {
    level = null; // An empty savepoint; the end of the request takes it along.
  }

  private ShadowSession session(ShadowRequest shadow) throws SQLException {
    return shadow.session(source);
  }

  static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause();
      throw cause == null ? thrown : cause;
    }
  }
}
