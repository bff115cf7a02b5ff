export const help = `kronlint: knows what a Kubernetes Job or CronJob will do before the cluster does

usage
  kronlint [PATH…]            lint files, folders, "globs"; - reads standard input; no path: this folder
  kronlint verdict PATH…      what the API server answers, a row per Kubernetes version
  kronlint diff OLD NEW       what the server says to an update; --since REF takes the old side from git
  kronlint next PATH…         the next runs of CronJobs, or of a "SCHEDULE", and what it means in words
  kronlint timeline PATH…     what runs when: a chart, what is skipped or replaced, the peaks; also html=FILE
  kronlint cluster            what runs in a cluster, asked through your own kubectl; it only reads
  kronlint baseline [PATH…]   remember what is found now; later runs report new findings only
  kronlint merge FILE…        the JSON reports of all parts of a run (--shard) as one, in any format
  kronlint explain RULE       what a rule means, with examples
  kronlint rules              all rules and their levels; --format json for machines
  kronlint lsp                a language server for editors, on standard input and output
  kronlint init [FOLDER]      write a .kronlint.yaml that suits the folder; --force over an old one

fixes
  --fix                       mend files in place where the meaning surely stays (with -: to standard output)
  --unsafe                    with --fix or --fix-dry-run: also mend what may change what a Job does
  --fix-dry-run               print what --fix would change as a diff, change nothing

judging
  -k, --kubernetes RANGE      versions that must accept: 1.34, "1.29 - 1.34", ">=1.29"
  --delivery HOW              argocd, flux, helm or kubectl
  --preset NAME               minimal, recommended or strict
  --values FILE               values for Helm charts, over their own; may be given several times, the last one wins
  --release NAME              what a Helm release is called, where it is known
  --rule ID=LEVEL             off, info, warning or error; may be given several times
  --time-zone ZONE            the zone of the cluster's controller, where spec.timeZone is unset
  --observed FILE             run times from the output of kubectl get cronjobs,jobs -A -o json
  --now TIME                  judge as if it were this time: 2026-03-01T00:00:00Z
  --since REF                 only what changed lines hold or the change brought, since the branch left REF (git's merge base)
  --changed-files REF         only files that differ from where the branch left REF
  --force-exclude             leave out what git ignores or the settings exclude, also when it is named (for pre-commit)
  --baseline FILE             what is known already (the nearest .kronlint-baseline.json, in a file's folder or above)
  --no-baseline               report also what the baseline knows
  --no-inline-ignore          report also what comments and annotations suppress
  --shard PART/PARTS          only one part of the files, such as 1/4; what is deployed together stays together

cluster
  -n, --namespace NAME        one namespace (that of the context)
  -A, --all-namespaces        all that you may see
  --context NAME              another context of your kubeconfig

next
  --count N                   how many runs (5)
  --from TIME                 runs after this time (now)
  --tz ZONE                   your own zone, shown beside the job's
  --kubernetes-time-zone ZONE the zone of the cluster's controller, as --time-zone

timeline
  --from TIME                 where it begins (this hour)
  --for LENGTH                how long it is: 24h (the usual), 7d, up to 31d
  --tz ZONE                   the zone of its days and hours (your own)

settings
  -c, --config FILE           use these settings for every file
  --no-config                 use no settings file
  --print-config PATH         show the settings that apply to a file, as JSON

output
  -f, --format FORMAT         text, compact, json, sarif, junit, github, gitlab, checkstyle, tap, markdown or html (timeline:
                              text, json or html; verdict, diff, next: text or json); FORMAT=FILE writes to a file; repeatable
  -q, --quiet                 leave out notes (info)
  --color, --no-color         colours, or none, whatever the terminal is
  --fail-on LEVEL             exit with 1 from this level on: error, warning (default), info or never
  --max-warnings N            let up to N warnings pass
  --watch                     lint again whenever files change, until Ctrl+C
  --stats                     files, objects and times on standard error
  --stdin-filename NAME       what to call the text that - reads
  -h, --help   -V, --version

examples
  kronlint deploy/                                     every .yaml, .yml and .json in deploy/ that git does not ignore
  kronlint --fix-dry-run nightly.yaml                  see the fixes first
  helm template . | kronlint - --kubernetes 1.34       what a chart becomes
  kronlint --format text --format json=report.json .   for people, and for machines

exit codes   0 nothing at or above --fail-on · 1 findings · 2 the command line or the settings are wrong · 3 kronlint is at fault
`;
