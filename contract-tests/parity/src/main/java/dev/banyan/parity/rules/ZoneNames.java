package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows zone names vs the IANA zone that CLDR gives for them (territory 001). */
final class ZoneNames implements Rule {
  private static final Map<String, String> IANA =
      Map.ofEntries(
          Map.entry("Dateline Standard Time", "Etc/GMT+12"),
          Map.entry("Hawaiian Standard Time", "Pacific/Honolulu"),
          Map.entry("Alaskan Standard Time", "America/Anchorage"),
          Map.entry("Pacific Standard Time", "America/Los_Angeles"),
          Map.entry("US Mountain Standard Time", "America/Phoenix"),
          Map.entry("Mountain Standard Time", "America/Denver"),
          Map.entry("Central Standard Time", "America/Chicago"),
          Map.entry("Central Standard Time (Mexico)", "America/Mexico_City"),
          Map.entry("Eastern Standard Time", "America/New_York"),
          Map.entry("US Eastern Standard Time", "America/Indianapolis"),
          Map.entry("Atlantic Standard Time", "America/Halifax"),
          Map.entry("Newfoundland Standard Time", "America/St_Johns"),
          Map.entry("E. South America Standard Time", "America/Sao_Paulo"),
          Map.entry("Argentina Standard Time", "America/Buenos_Aires"),
          Map.entry("Greenland Standard Time", "America/Godthab"),
          Map.entry("Azores Standard Time", "Atlantic/Azores"),
          Map.entry("UTC", "Etc/UTC"),
          Map.entry("GMT Standard Time", "Europe/London"),
          Map.entry("Greenwich Standard Time", "Atlantic/Reykjavik"),
          Map.entry("W. Europe Standard Time", "Europe/Berlin"),
          Map.entry("Central Europe Standard Time", "Europe/Budapest"),
          Map.entry("Romance Standard Time", "Europe/Paris"),
          Map.entry("Central European Standard Time", "Europe/Warsaw"),
          Map.entry("W. Central Africa Standard Time", "Africa/Lagos"),
          Map.entry("GTB Standard Time", "Europe/Bucharest"),
          Map.entry("FLE Standard Time", "Europe/Kiev"),
          Map.entry("E. Europe Standard Time", "Europe/Chisinau"),
          Map.entry("Egypt Standard Time", "Africa/Cairo"),
          Map.entry("South Africa Standard Time", "Africa/Johannesburg"),
          Map.entry("Israel Standard Time", "Asia/Jerusalem"),
          Map.entry("Turkey Standard Time", "Europe/Istanbul"),
          Map.entry("Russian Standard Time", "Europe/Moscow"),
          Map.entry("Arab Standard Time", "Asia/Riyadh"),
          Map.entry("Arabian Standard Time", "Asia/Dubai"),
          Map.entry("Iran Standard Time", "Asia/Tehran"),
          Map.entry("Pakistan Standard Time", "Asia/Karachi"),
          Map.entry("India Standard Time", "Asia/Calcutta"),
          Map.entry("Bangladesh Standard Time", "Asia/Dhaka"),
          Map.entry("SE Asia Standard Time", "Asia/Bangkok"),
          Map.entry("China Standard Time", "Asia/Shanghai"),
          Map.entry("Singapore Standard Time", "Asia/Singapore"),
          Map.entry("Tokyo Standard Time", "Asia/Tokyo"),
          Map.entry("Korea Standard Time", "Asia/Seoul"),
          Map.entry("AUS Eastern Standard Time", "Australia/Sydney"),
          Map.entry("E. Australia Standard Time", "Australia/Brisbane"),
          Map.entry("Cen. Australia Standard Time", "Australia/Adelaide"),
          Map.entry("W. Australia Standard Time", "Australia/Perth"),
          Map.entry("New Zealand Standard Time", "Pacific/Auckland"));

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    if (texts == null) {
      return null;
    }
    boolean same =
        texts.candidate().equals(IANA.get(texts.control()))
            || texts.control().equals(IANA.get(texts.candidate()));
    return same ? Explanation.same(CompareRule.TIME_ZONE_NAME) : null;
  }
}
