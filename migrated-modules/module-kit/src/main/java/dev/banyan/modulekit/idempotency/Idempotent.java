package dev.banyan.modulekit.idempotency;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method whose effect happens once per {@code Idempotency-Key}.
 *
 * <p>It returns a {@code Response} with text, bytes or nothing, and its effect is in the current
 * transaction. Answers below 500 are kept; an exception or a 5xx rolls back and frees the key.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD})
public @interface Idempotent {}
