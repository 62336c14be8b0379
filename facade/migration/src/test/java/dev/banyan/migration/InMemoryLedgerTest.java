package dev.banyan.migration;

import java.time.InstantSource;

class InMemoryLedgerTest extends LedgerContract {
  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());

  @Override
  protected Ledger ledger() {
    return ledger;
  }

  @Override
  protected void makeUnavailable() {
    ledger.goDown();
  }
}
