package dev.banyan.contracts;

/** The written form of a contract: YAML made to be read and corrected by people. */
public final class ContractYaml {
  private ContractYaml() {}

  public static String write(Contract contract) {
    throw new UnsupportedOperationException(contract.routeId());
  }

  /**
   * Reads what {@link #write} wrote and people changed.
   *
   * @param name stands for the file in the message
   * @throws IllegalArgumentException naming file, line, place, value and cure
   */
  public static Contract read(String name, String yaml) {
    throw new UnsupportedOperationException(name + yaml.length());
  }
}
