/** As much, or a little more where it is rounded. */
export function durationAtLeast(seconds: number): string {
  const unit = seconds < 3600 ? 1 : seconds < 86_400 ? 60 : 3600;
  return duration(Math.ceil(seconds / unit) * unit);
}

/** `90 s`, `10 min 30 s`, `2 h`, `3 d 4 h`: at most two units, rounded down. */
export function duration(seconds: number): string {
  const units = [
    { size: 86_400, name: "d" },
    { size: 3600, name: "h" },
    { size: 60, name: "min" },
    { size: 1, name: "s" },
  ];
  if (seconds < 120) return `${String(Math.round(seconds * 10) / 10)} s`;
  const parts: string[] = [];
  let rest = Math.floor(seconds);
  for (const { size, name } of units) {
    if (rest < size || parts.length === 2) continue;
    parts.push(`${String(Math.floor(rest / size))} ${name}`);
    rest %= size;
  }
  return parts.join(" ");
}
