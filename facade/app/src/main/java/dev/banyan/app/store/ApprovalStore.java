package dev.banyan.app.store;

import dev.banyan.migration.Approval;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.rules.Stage;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Approvals in PostgreSQL, so that a person may give one at any replica: the newest by route. */
@Singleton
public class ApprovalStore {
  private final DataSource store;

  public ApprovalStore(DataSource store) {
    this.store = store;
  }

  /** What is wanted, and how far it has come: {@code Asked} or {@code Given}. */
  public record Kept(String routeId, Stage from, Stage to, Approval approval) {}

  public Optional<Kept> of(String routeId) throws LedgerUnavailable {
    String sql =
        "select change, from_stage, to_stage, asked_by, expires, approver from banyan.approval"
            + " where route_id = ?";
    try (Connection connection = store.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, routeId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(kept(routeId, row)) : Optional.empty();
      }
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }

  /** All of them, by route id. */
  public List<Kept> all() throws LedgerUnavailable {
    String sql =
        "select route_id, change, from_stage, to_stage, asked_by, expires, approver"
            + " from banyan.approval order by route_id";
    try (Connection connection = store.getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<Kept> all = new ArrayList<>();
      while (rows.next()) {
        all.add(kept(rows.getString("route_id"), rows));
      }
      return all;
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }

  private static Kept kept(String routeId, ResultSet row) throws SQLException {
    Approval.Asked asked =
        new Approval.Asked(
            row.getString("change"),
            row.getString("asked_by"),
            row.getObject("expires", OffsetDateTime.class).toInstant());
    String approver = row.getString("approver");
    return new Kept(
        routeId,
        Stage.parse(row.getString("from_stage")),
        Stage.parse(row.getString("to_stage")),
        approver == null
            ? asked
            : new Approval.Given(asked.change(), asked.by(), approver, asked.expires()));
  }

  /** Takes the place of what was asked for, or given, before. */
  public void ask(String routeId, Stage from, Stage to, Approval.Asked asked)
      throws LedgerUnavailable {
    change(
        "insert into banyan.approval (route_id, change, from_stage, to_stage, asked_by, expires)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (route_id) do update set"
            + " change = excluded.change, from_stage = excluded.from_stage,"
            + " to_stage = excluded.to_stage, asked_by = excluded.asked_by,"
            + " expires = excluded.expires, approver = null",
        routeId,
        asked.change(),
        from.text(),
        to.text(),
        asked.by(),
        asked.expires().atOffset(ZoneOffset.UTC));
  }

  /** False if something else was asked for meanwhile, or somebody has said yes already. */
  public boolean give(String routeId, Approval.Given given) throws LedgerUnavailable {
    return change(
            "update banyan.approval set approver = ?"
                + " where route_id = ? and change = ? and asked_by = ? and approver is null",
            given.approver(),
            routeId,
            given.change(),
            given.by())
        == 1;
  }

  private int change(String sql, Object... values) throws LedgerUnavailable {
    try (Connection connection = store.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      return update.executeUpdate();
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }
}
