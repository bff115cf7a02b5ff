/** Whether one Kubernetes minor ("1.30") is the other or a later one; compared as numbers, so that 1.9 comes before 1.10. */
export function isAtLeast(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split(".").map(Number);
  return major > otherMajor || (major === otherMajor && minor >= otherMinor);
}
