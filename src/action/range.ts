import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { checkedOut, type Head } from "../node/git.js";

/** The commit from which on a pull request changes files, or why it cannot be told, in words for people. */
export type Range = { readonly from: string } | { readonly unknown: string; readonly reason?: string };

/** What the event says of a pull request: the last commits of the branch that it goes to and of its own. */
interface PullRequest {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/**
 * Asks git in the folder that is linted. What is checked out depends on the event and on the workflow:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
 */
export function rangeOf(eventPath: string | undefined, linted: string): Range {
  const checkout = checkedOut(folderOf(linted));
  if (checkout.state === "failed") return { unknown: "git does not know the checkout", reason: checkout.reason };
  return rangeIn(checkout.head, pullRequestIn(eventPath));
}

function rangeIn({ commit, parents, holds, meets }: Head, { base, head }: PullRequest): Range {
  const [onto, merged] = parents;
  const isOf = (parent: string | undefined): boolean => head === undefined || parent === head;
  // What a runner checks out is a merge, whose first parent is the branch that the pull request goes to; both may be newer than the event.
  const isNewer = head !== undefined && onto !== head && holds(head);
  const isMerge = parents.length === 2 && commit !== head && (isOf(merged) || isNewer);
  if (isMerge && onto !== undefined) return holds(onto) ? { from: onto } : { unknown: noHistory(2) };
  if ((commit === base && commit !== head) || (head !== undefined && !holds(head))) {
    return { unknown: "the checkout does not hold the pull request (on pull_request_target it is the branch that it goes to)" };
  }
  if (base === undefined) return { unknown: "the checkout is no merge, and the event names no commit to compare it with" };
  return meets(base) ? { from: base } : { unknown: noHistory(0) };
}

function noHistory(depth: number): string {
  return `the checkout has too little history (fetch-depth: ${depth} brings enough)`;
}

/** The nearest folder that is there; a glob means the one that it begins with. */
function folderOf(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder || dirname(path) === path ? path : folderOf(dirname(path));
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
function pullRequestIn(path: string | undefined): PullRequest {
  const request = member(eventAt(path), "pull_request");
  return { base: commitIn(member(request, "base")), head: commitIn(member(request, "head")) };
}

function eventAt(path: string | undefined): unknown {
  if (path === undefined || path === "") return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function commitIn(value: unknown): string | undefined {
  const sha = member(value, "sha");
  return typeof sha === "string" && /^[0-9a-f]{40,64}$/.test(sha) ? sha : undefined;
}
