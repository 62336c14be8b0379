package dev.banyan.contracts;

/** The written form of a contract: YAML made to be read and corrected by people. */
public final class ContractYaml {
  /** The version of the form. */
  static final String VERSION = "1";

  private ContractYaml() {}

  public static String write(Contract contract) {
    return ContractWriter.write(contract);
  }

  /**
   * Reads what {@link #write} wrote and people changed.
   *
   * @param name stands for the file in the message
   * @throws IllegalArgumentException naming file, line, place, value and cure
   */
  public static Contract read(String name, String yaml) {
    return ContractReader.read(name, yaml);
  }
}
