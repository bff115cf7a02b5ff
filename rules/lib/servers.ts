import type { ContainerScript, Place, ScriptCommand } from "#rule";

/** A program that serves, works off a queue or keeps time until it is told to end. */
interface Server {
  readonly name: string;
  readonly program: RegExp;
  /** What must stand among its words, one after another. */
  readonly words?: readonly string[];
  /** Words with which it ends by itself. */
  readonly unless?: RegExp;
  readonly remedy?: string;
}

const talks = /^(?:--?version|--?help|-h|-V|version|help)$/;

/** From the manuals of these programs. */
const servers: readonly Server[] = [
  { name: "cron", program: /^(?:crond|cron|supercronic|go-crond)$/, unless: /^(?:-test|--test|-T)$/, remedy: "start the command itself, since the CronJob is the clock" },
  { name: "supervisord", program: /^supervisord$/ },
  { name: "sshd", program: /^sshd$/, unless: /^-[tT]$/ },
  { name: "httpd", program: /^(?:httpd|apache2|apache2ctl|httpd-foreground|apache2-foreground|php-fpm|caddy|lighttpd)$/, unless: /^(?:-t|-v|-l|validate|fmt|adapt|stop|reload|-k)$/ },
  { name: "the application server", program: /^(?:gunicorn|uvicorn|hypercorn|daphne|uwsgi|puma|unicorn|waitress-serve)$/, unless: /^--check-config$/ },
  { name: "a development server", program: /^(?:flask|streamlit)$/, words: ["run"] },
  { name: "a development server", program: /^(?:rails|mkdocs|jekyll|hugo)$/, words: ["server"] },
  { name: "a development server", program: /^(?:ng|mkdocs|jekyll|ollama)$/, words: ["serve"] },
  { name: "runserver", program: /^(?:python[\d.]*|manage\.py|django-admin)$/, words: ["runserver"] },
  { name: "http.server", program: /^python[\d.]*$/, words: ["-m", "http.server"] },
  { name: "the Celery worker", program: /^celery$/, words: ["worker"] },
  { name: "Celery beat", program: /^celery$/, words: ["beat"], remedy: "start the task itself, since the CronJob is the clock" },
  { name: "the RQ worker", program: /^rq$/, words: ["worker"], unless: /^(?:--burst|-b)$/, remedy: "add --burst" },
  { name: "Sidekiq", program: /^sidekiq$/ },
  {
    name: "queue:work",
    program: /^(?:php|artisan)$/,
    words: ["queue:work"],
    unless: /^--(?:once|stop-when-empty|max-jobs|max-time)/,
    remedy: "add --stop-when-empty",
  },
  { name: "schedule:work", program: /^(?:php|artisan)$/, words: ["schedule:work"], remedy: "use schedule:run" },
  { name: "queue:listen", program: /^(?:php|artisan)$/, words: ["queue:listen"], remedy: "use queue:work --stop-when-empty" },
  { name: "messenger:consume", program: /^(?:php|console)$/, words: ["messenger:consume"], unless: /^(?:--limit|--time-limit|--memory-limit|--failure-limit|-l|-t)/, remedy: "add --limit or --time-limit" },
  { name: "the Airflow scheduler", program: /^airflow$/, words: ["scheduler"], unless: /^(?:-n|--num-runs)/ },
  { name: "kubectl port-forward", program: /^(?:kubectl|oc)$/, words: ["port-forward"] },
  { name: "kubectl proxy", program: /^(?:kubectl|oc)$/, words: ["proxy"] },
];

export interface FoundServer {
  readonly name: string;
  readonly at: Place;
  readonly remedy: string | undefined;
}

/** The first server that a container starts in the foreground, where nothing else in its script can end it. */
export function serverIn(script: ContainerScript): FoundServer | undefined {
  if (script.commands.some(({ name }) => ["kill", "pkill", "killall", "trap", "timeout"].includes(name ?? ""))) return undefined;
  for (const command of script.commands) {
    const server = isForeground(command, script) ? servers.find((one) => isIt(one, command)) : undefined;
    if (server) return { name: server.name, at: script.at(command.program ?? command), remedy: server.remedy };
  }
  return undefined;
}

function isForeground(command: ScriptCommand, script: ContainerScript): boolean {
  const { where, behind, redirects } = command;
  const { isSubstituted, isDefinition, isInBackground, isTested, isConditional, isInLoop, pipe } = where;
  if (isSubstituted || isDefinition || isInBackground || isTested || isInLoop || pipe !== undefined) return false;
  if (behind.includes("timeout") || redirects.some(({ operator }) => operator.startsWith("<<"))) return false;
  return !isConditional || behind.includes("exec") || followsAnd(command, script);
}

/** `cd /app && rails server`: a branch is not followed, but this is none. */
function followsAnd({ start }: ScriptCommand, { commands, shell }: ContainerScript): boolean {
  const before = commands.findLast((one) => one.end <= start);
  return before !== undefined && shell?.script.value.slice(before.end, start).trim() === "&&";
}

function isIt({ program, words = [], unless }: Server, { name, args }: ScriptCommand): boolean {
  if (name === undefined || !program.test(name)) return false;
  const texts = args.map(({ text }) => text ?? "");
  if (texts.some((text) => talks.test(text) || unless?.test(text) === true)) return false;
  const operands = texts.filter((text) => !text.startsWith("-") || text === "-m");
  const [first, second] = words;
  if (first === undefined) return true;
  // `python manage.py runserver`: the word may be the second.
  const at = operands.findIndex((text) => text === first);
  return at >= 0 && at <= (second === undefined ? 3 : 0) && (second === undefined || operands[at + 1] === second);
}
