package dev.banyan.modulekit.shadow;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement whose text comes only now; it may not end the transaction either. */
final class ShadowStatement implements InvocationHandler {

  private final Statement statement;
  private final ShadowRequest shadow;

  private ShadowStatement(Statement statement, ShadowRequest shadow) {
    this.statement = statement;
    this.shadow = shadow;
  }

  static Statement around(Statement statement, ShadowRequest shadow) {
    return (Statement)
        Proxy.newProxyInstance(
            ShadowStatement.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            new ShadowStatement(statement, shadow));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("equals")) {
      return arguments != null && proxy == arguments[0];
    }
    if (arguments != null
        && arguments.length > 0
        && arguments[0] instanceof String sql
        && TransactionWords.in(sql)) {
      throw shadow.refusedSql("SQL that ends a transaction (expected: commit of JDBC or JTA)");
    }
    return ShadowSafeConnection.call(statement, method, arguments);
  }
}
