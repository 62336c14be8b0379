package dev.banyan.app.admin;

import dev.banyan.app.store.ApprovalStore.Kept;
import dev.banyan.migration.Approval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param state {@code none}, {@code asked} or {@code given}
 * @param change the hash that an approval must name
 */
public record ApprovalView(
    String routeId,
    String state,
    @Nullable String change,
    @Nullable String from,
    @Nullable String to,
    @Nullable String askedBy,
    @Nullable String approver,
    @Nullable Instant expires) {

  static ApprovalView none(String routeId) {
    return new ApprovalView(routeId, "none", null, null, null, null, null, null);
  }

  static ApprovalView of(Kept kept) {
    String id = kept.routeId();
    String from = kept.from().text();
    String to = kept.to().text();
    return switch (kept.approval()) {
      case Approval.Asked(String change, String by, Instant expires) ->
          new ApprovalView(id, "asked", change, from, to, by, null, expires);
      case Approval.Given(String change, String by, String approver, Instant expires) ->
          new ApprovalView(id, "given", change, from, to, by, approver, expires);
      case Approval.Spent spent -> none(id);
    };
  }
}
