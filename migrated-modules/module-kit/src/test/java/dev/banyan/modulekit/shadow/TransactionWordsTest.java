package dev.banyan.modulekit.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionWordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit",
        " COMMIT work",
        "End",
        "abort",
        "begin",
        "rollback",
        "rollback and chain",
        "start  transaction",
        "prepare transaction 'x'",
        "select 1;commit",
        "-- why\ncommit",
        "/* a */ commit",
        "insert into a values (1); /* b */\n end"
      })
  void whatEndsATransactionIsFound(String sql) {
    assertThat(TransactionWords.in(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from commits",
        "insert into ends values ('commit')",
        "rollback to savepoint a",
        "rollback work to a",
        "savepoint a",
        "update beginnings set a = 1",
        "prepare q as select 1",
        "select case when a then b end"
      })
  void anythingElsePasses(String sql) {
    assertThat(TransactionWords.in(sql)).isFalse();
  }
}
