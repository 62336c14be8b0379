package dev.banyan.catalog.database;

import java.nio.file.Path;

/** A process that starts a database and dies without stopping it. */
final class KilledOwner {

  private KilledOwner() {}

  public static void main(String... args) throws Exception {
    System.out.println(EmbeddedDatabase.in(Path.of(args[0])).jdbcUrl());
    Runtime.getRuntime().halt(137);
  }
}
