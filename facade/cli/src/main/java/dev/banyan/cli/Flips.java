package dev.banyan.cli;

import java.util.Map;

/** Asks for a stage change and prints what became of it. */
final class Flips {
  private Flips() {}

  static int flip(
      AdminClient admin, Screen screen, AdminCommand command, String id, Map<String, Object> body) {
    var answer = admin.post(AdminClient.route(id) + "/stage", body);
    if (command.json) {
      screen.json(answer.text());
    } else {
      Words.flip(answer.tree()).forEach(screen::line);
    }
    return 0;
  }
}
