import { filledLines, type Product } from '@haidang/contracts/product'
import type { CollectorKind, SourceDraft } from '@haidang/contracts/source'

/** Where and as what a sender reaches a source. */
export interface Target extends Pick<SourceDraft, 'name' | 'path'> {
  /** Address of the portal, as the browser has it. */
  readonly origin: string
  /** Empty where the way in has none. */
  readonly token: string
  /** Undefined where the way in has none of its own. */
  readonly port: number | undefined
  /** The port may speak TLS or not, and does. */
  readonly isTls: boolean
  /** Of this station; senders of flows are told by product. */
  readonly products: readonly Product[]
}

/** What one kind of sender is set up with. */
export interface SenderLines {
  readonly sender: string
  readonly lines: string
}

const authority = 'haidang-authority.pem'
const kept = `queue.type="LinkedList" queue.filename="haidang" queue.saveOnShutdown="on" action.resumeRetryCount="-1"`

/** Lines to copy for the senders of a way in, as the handbook has them; none where the node fetches by itself. */
export function senderLines(collector: CollectorKind, target: Target): readonly SenderLines[] {
  return writers[collector](target)
}

const hostOf = ({ origin }: Target) => new URL(origin).hostname

const httpOf = (target: Target) => `http${target.isTls ? 's' : ''}://${hostOf(target)}`
const withTls = ({ isTls }: Target, lines: string) => (isTls ? `\n${lines}` : '')

const beatsTls = `  ssl.certificate_authorities: ['FOLDER/${authority}']`
const fluentBitTls = `    tls         on
    tls.ca_file FOLDER/${authority}`
const otlpTls = `    tls:
      ca_file: FOLDER/${authority}`

const writers: Record<CollectorKind, (target: Target) => readonly SenderLines[]> = {
  'syslog-udp': (target) => [
    {
      sender: 'rsyslog',
      lines: `*.* action(type="omfwd" target="${hostOf(target)}" port="${target.port}" protocol="udp")`,
    },
  ],
  'syslog-tcp': (target) => [
    {
      sender: 'rsyslog',
      lines: `*.* action(type="omfwd" target="${hostOf(target)}" port="${target.port}" protocol="tcp" TCP_Framing="octet-counted"
           ${kept})`,
    },
  ],
  'syslog-tls': (target) => [
    {
      sender: 'rsyslog',
      lines: `global(DefaultNetstreamDriverCAFile="/etc/rsyslog.d/${authority}")
*.* action(type="omfwd" target="${hostOf(target)}" port="${target.port}" protocol="tcp" TCP_Framing="octet-counted"
           StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="${hostOf(target)}"
           ${kept})`,
    },
  ],
  'syslog-socket': ({ path = '' }) => [
    { sender: 'logger', lines: `logger --socket ${path} --tcp 'hello'` },
  ],
  lumberjack: (target) => [
    {
      sender: 'Filebeat, Winlogbeat, Auditbeat, Packetbeat',
      lines: `output.logstash:
  hosts: ['${hostOf(target)}:${target.port}']${withTls(target, beatsTls)}`,
    },
  ],
  'fluent-forward': (target) => [
    {
      sender: 'Fluent Bit',
      lines: `[OUTPUT]
    Name                 forward
    Match                *
    Host                 ${hostOf(target)}
    Port                 ${target.port}
    Require_ack_response true
    Retry_Limit          False
    # with station.fluent_shared_key
    # Shared_Key         …${withTls(target, fluentBitTls)}`,
    },
  ],
  'json-lines': ({ origin, name, token }) => [
    {
      sender: 'curl',
      lines: `curl ${origin}/ingest/v1/${name} -H 'Authorization: Bearer ${token}' \\
     -H 'Content-Type: application/x-ndjson' --data-binary @records.jsonl`,
    },
  ],
  'elastic-bulk': (target) => [
    {
      sender: 'Filebeat, Winlogbeat, Auditbeat, Packetbeat',
      lines: `output.elasticsearch:
  hosts: ['${httpOf(target)}:${target.port}']${withTls(target, beatsTls)}
  username: any
  password: ${target.token}
setup.template.enabled: false
setup.ilm.enabled: false`,
    },
    {
      sender: 'Fluent Bit',
      lines: `[OUTPUT]
    Name               es
    Match              *
    Host               ${hostOf(target)}
    Port               ${target.port}
    HTTP_User          any
    HTTP_Passwd        ${target.token}
    Suppress_Type_Name On
    Retry_Limit        no_limits${withTls(target, fluentBitTls)}`,
    },
  ],
  'splunk-hec': (target) => [
    {
      sender: 'curl',
      lines: `curl ${target.isTls ? `--cacert ${authority} ` : ''}${httpOf(target)}:${target.port}/services/collector \\
     -H 'Authorization: Splunk ${target.token}' -d '{"event":"hello"}'`,
    },
    {
      sender: 'Fluent Bit',
      lines: `[OUTPUT]
    Name         splunk
    Match        *
    Host         ${hostOf(target)}
    Port         ${target.port}
    Splunk_Token ${target.token}
    Retry_Limit  no_limits${withTls(target, fluentBitTls)}`,
    },
  ],
  'otlp-http': (target) => [
    {
      sender: 'OpenTelemetry Collector',
      lines: `exporters:
  otlphttp/haidang:
    logs_endpoint: ${httpOf(target)}:${target.port}/v1/logs
    headers: { Authorization: Bearer ${target.token} }${withTls(target, otlpTls)}
    compression: gzip
    retry_on_failure: { max_elapsed_time: 0 }`,
    },
  ],
  netflow: (target) => exporterLines('netflow', target),
  ipfix: (target) => exporterLines('ipfix', target),
  sflow: (target) => exporterLines('sflow', target),
  'tail-file': () => [],
  kafka: () => [],
}

/** Lines for every product that exports flows by this way in. */
function exporterLines(collector: 'netflow' | 'ipfix' | 'sflow', target: Target): SenderLines[] {
  const values = {
    host: hostOf(target),
    port: String(target.port ?? ''),
    token: '',
    name: target.name,
    path: '',
    origin: target.origin,
    isTls: target.isTls,
  }
  return target.products.flatMap(({ name, ways }) =>
    ways
      .filter((way) => way.collector === collector)
      .map((way) => ({ sender: name, lines: filledLines(way, values) })),
  )
}
