import { sleepSeconds } from "./sleeping.js";

type Words = readonly (string | undefined)[];

/** Letters of curl's options whose value is the rest of the word or the next word: https://curl.se/docs/manpage.html */
const valuedLetters = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

const valuedNames = new Set(
  ("cacert capath cert cert-type ciphers connect-timeout connect-to continue-at cookie cookie-jar data data-ascii data-binary data-raw " +
    "data-urlencode dump-header form form-string header interface json key key-type limit-rate max-filesize max-redirs max-time " +
    "noproxy oauth2-bearer output output-dir pass proto proxy proxy-header proxy-user range referer request resolve retry retry-delay " +
    "retry-max-time speed-limit speed-time stderr time-cond tls-max trace trace-ascii unix-socket upload-file user user-agent write-out")
    .split(" "),
);

/** Other transfers may follow from a file, from another list of options, or from a pattern in an address. */
const opensMore = new Set(["config", "K", "next", ":", "telnet-option", "t"]);

interface Option {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * The most seconds a call of curl takes: `--max-time` for each attempt, and the waits of `--retry` between them, which double from 1 s to
 * 10 min unless `--retry-delay` fixes them. Infinity without `--max-time`: `--connect-timeout` bounds the connection only. A server that
 * asks for a longer wait (Retry-After) is obeyed, which comes on top. https://curl.se/docs/manpage.html#--retry
 */
export function longestTransfer(words: Words): number {
  const read = readOptions(words);
  if (read === undefined) return Infinity;
  const { options, addresses } = read;
  const last = (...names: readonly string[]): number | undefined => {
    const option = options.findLast(({ name }) => names.includes(name));
    return option && seconds(option.value);
  };
  const limit = last("max-time", "m") ?? 0;
  const [retries, delay, whole] = [last("retry") ?? 0, last("retry-delay") ?? 0, last("retry-max-time") ?? 0];
  if (options.some(({ name }) => opensMore.has(name)) || limit === 0 || [limit, retries, delay, whole].some(Number.isNaN)) return Infinity;
  return Math.max(1, addresses) * attempts({ limit, retries, delay, whole: whole || Infinity });
}

interface Attempts {
  readonly limit: number;
  readonly retries: number;
  /** 0: doubled each time. */
  readonly delay: number;
  /** No retry begins later. */
  readonly whole: number;
}

const longestWait = 600;

function attempts({ limit, retries, delay, whole }: Attempts): number {
  let [waited, longest] = [0, limit];
  for (let retry = 1; retry <= Math.min(retries, 20) && waited < whole; retry++) {
    const wait = delay || Math.min(2 ** (retry - 1), longestWait);
    longest = Math.max(longest, Math.min(whole, retry * limit + waited) + wait + limit);
    waited += wait;
  }
  const more = Math.max(0, retries - 20) * (limit + (delay || longestWait));
  return Math.min(longest + more, whole + (delay || longestWait) + limit);
}

/** NaN when there should be a number and is none that can be read. */
function seconds(value: string | undefined): number {
  return value !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(value) ? (sleepSeconds(value) ?? NaN) : NaN;
}

interface ReadOptions {
  readonly options: readonly Option[];
  /** Words that may be addresses, options of unknown kind having none for a value. */
  readonly addresses: number;
}

function readOptions(words: Words): ReadOptions | undefined {
  const options: Option[] = [];
  let addresses = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) {
      addresses++;
    } else if (word.startsWith("--")) {
      const name = word.slice(2);
      options.push({ name, value: valuedNames.has(name) ? words[++index] : undefined });
      if (name === "url") addresses--;
    } else if (word.startsWith("-") && word.length > 1) {
      const at = [...word].findIndex((letter, place) => place > 0 && valuedLetters.includes(letter));
      const attached = at < 0 ? "" : word.slice(at + 1);
      for (const name of at < 0 ? word.slice(1) : word.slice(1, at)) options.push({ name, value: undefined });
      if (at > 0) options.push({ name: word.charAt(at), value: attached === "" ? words[++index] : attached });
    } else if (/[[\]{}]/.test(word)) {
      return undefined;
    } else {
      addresses++;
    }
  }
  return { options, addresses };
}
