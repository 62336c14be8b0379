// Makes parts of the page. All values go in as text, never as markup.

export function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = String(text);
  if (className) made.className = className;
  return made;
}

export function cell(name, content, className) {
  const made = element("td", typeof content === "object" ? null : content, className);
  made.dataset.name = name;
  if (content && typeof content === "object") made.append(content);
  return made;
}

export function list(texts) {
  const made = element("ul");
  for (const text of texts) made.append(element("li", text));
  return made;
}

export function box(...parts) {
  const made = element("div");
  made.append(...parts.filter((part) => part));
  return made;
}

/** A key names the button over refreshes, so that the focus stays on it. */
export function button(text, label, key, pressed) {
  const made = element("button", text);
  made.type = "button";
  made.dataset.key = key;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", pressed);
  return made;
}

export function millis(value) {
  return value === null ? "–" : `${value} ms`;
}

/** An instant of ISO 8601, as far as people want it. */
export function time(instant) {
  const made = element("time", instant.slice(0, 19).replace("T", " ") + " UTC");
  made.dateTime = instant;
  return made;
}

/** Puts rows in the place of those before; whoever was on a button is on it again. */
export function replace(body, rows) {
  const key = document.activeElement && document.activeElement.dataset.key;
  body.replaceChildren(...rows);
  if (key) {
    const again = [...body.querySelectorAll("button")].find((one) => one.dataset.key === key);
    if (again) again.focus();
  }
}
