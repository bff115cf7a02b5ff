/** Throws a TypeError that says what is missing: callers without types may hand over anything. */
export function checkScenario(scenario: unknown): void {
  const cronjob = part(scenario, "cronjob", "a scenario");
  expectKind(part(cronjob, "name", "cronjob"), "string", "cronjob.name");
  expectKind(part(cronjob, "creationTimestamp", "cronjob"), "string", "cronjob.creationTimestamp");
  expectKind(part(part(cronjob, "spec", "cronjob"), "schedule", "cronjob.spec"), "string", "cronjob.spec.schedule");
  expectKind(part(scenario, "until", "a scenario"), "string", "until");
  const durations = part(scenario, "durations", "a scenario");
  if (!Array.isArray(durations)) throw new TypeError(`durations is a list of seconds, not ${kindOf(durations)}`);
}

function part(value: unknown, key: string, what: string): unknown {
  if (typeof value !== "object" || value === null) throw new TypeError(`${what} is an object with ${key}, not ${kindOf(value)}`);
  const found = Object.entries(value).find(([name]) => name === key);
  if (found === undefined) throw new TypeError(`${what} has no ${key}`);
  return found[1];
}

function expectKind(value: unknown, kind: "string", what: string): void {
  if (typeof value !== kind) throw new TypeError(`${what} is a text, not ${kindOf(value)}`);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
