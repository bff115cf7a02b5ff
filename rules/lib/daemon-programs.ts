/** A program that serves until it is told to end, by the image it comes in. */
export interface Daemon {
  readonly name: string;
  /** The last parts of a repository, whole: `cloud-sql-proxy`, `linkerd/proxy`. */
  readonly images: readonly string[];
  /** Its name in `command`. */
  readonly programs: readonly string[];
  /** First words, besides options, with which it serves; without any it serves too. */
  readonly words?: readonly string[];
  /** Words with which it ends by itself. */
  readonly ends?: readonly string[];
  /** How another container can end it. `option`: only if it was started with this. */
  readonly quit?: { readonly path: string; readonly option?: string };
  readonly source: string;
}

export const daemons: readonly Daemon[] = [
  {
    name: "cloud-sql-proxy",
    images: ["cloud-sql-proxy", "alloydb-auth-proxy"],
    programs: ["cloud-sql-proxy", "alloydb-auth-proxy"],
    words: [],
    quit: { path: "/quitquitquit", option: "--quitquitquit" },
    source: "https://github.com/GoogleCloudPlatform/cloud-sql-proxy#localhost-admin-server",
  },
  {
    name: "cloud_sql_proxy",
    images: ["cloudsql-docker/gce-proxy", "gce-proxy"],
    programs: ["cloud_sql_proxy"],
    words: [],
    quit: { path: "/quitquitquit", option: "-enable_admin_debug" },
    source: "https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/128",
  },
  {
    name: "the Istio proxy",
    images: ["istio/proxyv2", "istio-release/proxyv2", "proxyv2"],
    programs: ["pilot-agent"],
    words: ["proxy"],
    quit: { path: "/quitquitquit" },
    source: "https://istio.io/latest/docs/reference/commands/pilot-agent/",
  },
  {
    name: "the Linkerd proxy",
    images: ["linkerd/proxy"],
    programs: ["linkerd2-proxy", "linkerd2-proxy-run"],
    words: [],
    quit: { path: "/shutdown" },
    source: "https://linkerd.io/2/tasks/graceful-shutdown/",
  },
  {
    name: "Envoy",
    images: ["envoyproxy/envoy", "aws-appmesh-envoy"],
    programs: ["envoy"],
    words: [],
    quit: { path: "/quitquitquit" },
    source: "https://www.envoyproxy.io/docs/envoy/latest/operations/admin",
  },
  {
    name: "daprd",
    images: ["daprio/daprd", "dapr/daprd"],
    programs: ["daprd"],
    words: [],
    quit: { path: "/shutdown" },
    source: "https://docs.dapr.io/operations/hosting/kubernetes/kubernetes-job/",
  },
  {
    name: "the Vault agent",
    images: ["hashicorp/vault", "library/vault"],
    programs: ["vault"],
    words: ["agent", "server", "proxy"],
    ends: ["-exit-after-auth", "--exit-after-auth"],
    quit: { path: "/agent/v1/quit" },
    source: "https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent",
  },
  {
    name: "Fluent Bit",
    images: ["fluent/fluent-bit", "aws-for-fluent-bit", "fluent-bit"],
    programs: ["fluent-bit"],
    words: [],
    source: "https://docs.fluentbit.io/manual/",
  },
  {
    name: "Fluentd",
    images: ["fluent/fluentd", "library/fluentd", "fluentd-kubernetes-daemonset"],
    programs: ["fluentd"],
    words: [],
    source: "https://docs.fluentd.org/",
  },
  {
    name: "Filebeat",
    images: ["beats/filebeat", "elastic/filebeat", "filebeat"],
    programs: ["filebeat"],
    words: ["run"],
    ends: ["-once", "--once"],
    source: "https://www.elastic.co/docs/reference/beats/filebeat/command-line-options",
  },
  {
    name: "Promtail",
    images: ["grafana/promtail", "promtail"],
    programs: ["promtail"],
    words: [],
    ends: ["-stdin", "--stdin", "-dry-run", "--dry-run"],
    source: "https://grafana.com/docs/loki/latest/send-data/promtail/",
  },
  {
    name: "Grafana Alloy",
    images: ["grafana/alloy"],
    programs: ["alloy"],
    words: ["run"],
    source: "https://grafana.com/docs/alloy/latest/reference/cli/run/",
  },
  { name: "Vector", images: ["timberio/vector"], programs: ["vector"], words: [], source: "https://vector.dev/docs/reference/cli/" },
  {
    name: "Telegraf",
    images: ["library/telegraf"],
    programs: ["telegraf"],
    words: [],
    ends: ["--once", "-once", "--test", "-test"],
    source: "https://docs.influxdata.com/telegraf/v1/commands/",
  },
  {
    name: "the OpenTelemetry Collector",
    images: ["opentelemetry-collector", "opentelemetry-collector-contrib", "opentelemetry-collector-k8s", "aws-otel-collector"],
    programs: ["otelcol", "otelcol-contrib", "awscollector"],
    words: [],
    source: "https://opentelemetry.io/docs/collector/",
  },
  {
    name: "the Datadog agent",
    images: ["datadog/agent", "datadoghq/agent"],
    programs: ["agent"],
    words: ["run"],
    source: "https://docs.datadoghq.com/containers/docker/",
  },
  {
    name: "the CloudWatch agent",
    images: ["amazon/cloudwatch-agent", "cloudwatch-agent/cloudwatch-agent"],
    programs: ["start-amazon-cloudwatch-agent"],
    words: [],
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Install-CloudWatch-Agent.html",
  },
  {
    name: "statsd_exporter",
    images: ["prom/statsd-exporter"],
    programs: ["statsd_exporter"],
    words: [],
    source: "https://github.com/prometheus/statsd_exporter",
  },
  {
    name: "oauth2-proxy",
    images: ["oauth2-proxy/oauth2-proxy"],
    programs: ["oauth2-proxy"],
    words: [],
    source: "https://oauth2-proxy.github.io/oauth2-proxy/",
  },
  {
    name: "kube-rbac-proxy",
    images: ["kube-rbac-proxy"],
    programs: ["kube-rbac-proxy"],
    words: [],
    source: "https://github.com/brancz/kube-rbac-proxy",
  },
  {
    name: "PgBouncer",
    images: ["edoburu/pgbouncer", "pgbouncer"],
    programs: ["pgbouncer"],
    words: [],
    source: "https://www.pgbouncer.org/usage.html",
  },
  {
    name: "cloudflared",
    images: ["cloudflare/cloudflared"],
    programs: ["cloudflared"],
    words: ["tunnel"],
    source: "https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/",
  },
  {
    name: "git-sync",
    images: ["git-sync/git-sync", "git-sync"],
    programs: ["git-sync"],
    words: [],
    ends: ["--one-time", "-one-time", "--one-time=true"],
    source: "https://github.com/kubernetes/git-sync#manual",
  },
  { name: "dockerd", images: [], programs: ["dockerd", "dockerd-entrypoint.sh"], words: [], source: "https://hub.docker.com/_/docker" },
  {
    name: "nginx",
    images: ["library/nginx", "nginx-unprivileged"],
    programs: ["nginx"],
    words: [],
    ends: ["-t", "-T", "-s", "-v"],
    source: "https://nginx.org/en/docs/switches.html",
  },
  { name: "HAProxy", images: ["library/haproxy"], programs: ["haproxy"], words: [], ends: ["-c"], source: "https://docs.haproxy.org/" },
  {
    name: "PostgreSQL",
    images: ["library/postgres", "postgis/postgis"],
    programs: ["postgres"],
    words: ["postgres"],
    source: "https://hub.docker.com/_/postgres",
  },
  {
    name: "MySQL",
    images: ["library/mysql", "library/mariadb"],
    programs: ["mysqld", "mariadbd"],
    words: ["mysqld", "mariadbd"],
    source: "https://hub.docker.com/_/mysql",
  },
  {
    name: "Redis",
    images: ["library/redis", "valkey/valkey"],
    programs: ["redis-server", "valkey-server"],
    words: ["redis-server", "valkey-server"],
    source: "https://hub.docker.com/_/redis",
  },
  { name: "MongoDB", images: ["library/mongo"], programs: ["mongod"], words: ["mongod"], source: "https://hub.docker.com/_/mongo" },
  {
    name: "RabbitMQ",
    images: ["library/rabbitmq"],
    programs: ["rabbitmq-server"],
    words: ["rabbitmq-server"],
    source: "https://hub.docker.com/_/rabbitmq",
  },
  {
    name: "Memcached",
    images: ["library/memcached"],
    programs: ["memcached"],
    words: ["memcached"],
    source: "https://hub.docker.com/_/memcached",
  },
  {
    name: "Selenium",
    images: ["selenium/standalone-chrome", "selenium/standalone-firefox", "selenium/standalone-chromium"],
    programs: [],
    words: [],
    source: "https://github.com/SeleniumHQ/docker-selenium",
  },
];
