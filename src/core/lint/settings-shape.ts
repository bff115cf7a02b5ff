/**
 * Settings without what says nothing: keys whose lines below are all commented out, and lists around a level alone. What is
 * wrong with them stays in them for the validator.
 */
export function inShape(settings: unknown): unknown {
  if (!isMap(settings)) return settings;
  const given = Object.entries(settings).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([key, value]) => [key, inPart(key, value)]));
}

function inPart(key: string, value: unknown): unknown {
  if (key === "rules" && isMap(value)) return Object.fromEntries(Object.entries(value).map(([id, setting]) => [id, levelAlone(setting)]));
  if (key === "overrides" && Array.isArray(value)) return value.map(inShape);
  return value;
}

function levelAlone(setting: unknown): unknown {
  return Array.isArray(setting) && setting.length === 1 ? setting[0] : setting;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
