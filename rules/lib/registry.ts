/** Names that Docker Hub has beside its own. */
const hub = new Set(["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"]);

/** The repository that a node asks for, with its registry: `docker.io/library/redis` for `redis`. */
export function fullRepository(repository: string): string {
  const slash = repository.indexOf("/");
  const first = slash < 0 ? "" : repository.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost";
  if (isHost && !hub.has(first)) return repository;
  const path = isHost ? repository.slice(slash + 1) : repository;
  return `docker.io/${path.includes("/") ? "" : "library/"}${path}`;
}
