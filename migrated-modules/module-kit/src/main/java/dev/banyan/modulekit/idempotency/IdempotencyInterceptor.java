package dev.banyan.modulekit.idempotency;

import dev.banyan.modulekit.idempotency.IdempotencyTable.Claim;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Claim, call, keep the answer: one transaction, begun before the method's own. */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class IdempotencyInterceptor {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final IdempotencyRequest request;
  private final IdempotencyTable table;
  private final IdempotencySettings settings;
  private final UserTransaction transaction;

  @Inject
  IdempotencyInterceptor(
      IdempotencyRequest request,
      IdempotencyTable table,
      IdempotencySettings settings,
      UserTransaction transaction) {
    this.request = request;
    this.table = table;
    this.settings = settings;
    this.transaction = transaction;
  }

  @AroundInvoke
  @Nullable Object around(InvocationContext call) throws Exception {
    String key = request.key();
    if (key == null) {
      return call.proceed();
    }
    requireSuitable(call);
    if (!key.matches("[\\x21-\\x7e]{1,255}")) {
      return problem(400, "Idempotency-Key: not usable (expected: 1 to 255 visible characters)");
    }

    transaction.begin();
    try {
      return once(key, call);
    } finally {
      if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
        transaction.rollback();
      }
    }
  }

  /** Commits only what is to stay; the caller rolls back the rest. */
  private Response once(String key, InvocationContext call) throws Exception {
    Claim claim;
    try {
      claim = table.claim(key, request.digest(), settings.keep(), settings.patience());
    } catch (SQLException failure) {
      if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
        return Response.fromResponse(
                problem(
                    409, "Idempotency-Key: its first request is still at work (expected: later)"))
            .header("Retry-After", "1")
            .build();
      }
      throw failure;
    }

    return switch (claim) {
      case Claim.Answered answered -> answered.answer().toResponse();
      case Claim.OfAnother other ->
          problem(422, "Idempotency-Key: used by another request (expected: a new key)");
      case Claim.Won won -> first(key, call);
    };
  }

  private Response first(String key, InvocationContext call) throws Exception {
    Response answer = (Response) call.proceed();
    if (answer.getStatus() < 500 && transaction.getStatus() == Status.STATUS_ACTIVE) {
      table.answer(key, StoredAnswer.of(answer));
      transaction.commit();
    }
    return answer;
  }

  private static void requireSuitable(InvocationContext call) {
    Transactional own = call.getMethod().getAnnotation(Transactional.class);
    boolean joins =
        own == null
            || own.value() == TxType.REQUIRED
            || own.value() == TxType.SUPPORTS
            || own.value() == TxType.MANDATORY;
    if (call.getMethod().getReturnType() != Response.class || !joins) {
      throw new IllegalStateException(
          "@Idempotent: "
              + call.getMethod()
              + " (expected: a method that returns Response and joins the transaction)");
    }
  }

  private static Response problem(int status, String said) {
    return Response.status(status)
        .header("Content-Type", "text/plain; charset=utf-8")
        .entity(said + "\n")
        .build();
  }
}
