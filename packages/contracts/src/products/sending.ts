import type { WayIn } from '../product.ts'

const queue =
  'queue.type="LinkedList" queue.filename="haidang" queue.saveOnShutdown="on" action.resumeRetryCount="-1"'
const toStation = `action(type="omfwd" target="{{host}}" port="{{port}}" protocol="tcp" TCP_Framing="octet-counted"
       ${queue})`
const rsyslogFile = 'rsyslog: /etc/rsyslog.d/90-haidang.conf'

/** rsyslog passes on what a selector or a condition names, over TCP, with a queue on disk. */
export function rsyslog(filter = '*.*'): WayIn {
  const lines = filter.startsWith('if ')
    ? `${filter} then {\n  ${toStation}\n}`
    : `${filter} ${toStation}`
  return { collector: 'syslog-tcp', put: rsyslogFile, lines }
}

/** The same over TLS. */
export function rsyslogTls(filter = '*.*'): WayIn {
  return {
    collector: 'syslog-tls',
    put: rsyslogFile,
    lines: `global(DefaultNetstreamDriverCAFile="/etc/rsyslog.d/haidang-authority.pem")
${filter} action(type="omfwd" target="{{host}}" port="{{port}}" protocol="tcp" TCP_Framing="octet-counted"
       StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="{{host}}"
       ${queue})`,
  }
}

/** rsyslog follows a file and sends its lines behind the program's name. */
export function rsyslogFollows(file: string, program: string): WayIn {
  return {
    collector: 'syslog-tcp',
    put: rsyslogFile,
    lines: `global(maxMessageSize="64k")
module(load="imfile")
input(type="imfile" File="${file}" Tag="${program}:" ruleset="haidang-${program}")
ruleset(name="haidang-${program}") {
  ${toStation}
}`,
  }
}

/** Filebeat follows files and sends their lines as they are. */
export function filebeat(file: string): WayIn {
  return {
    collector: 'elastic-bulk',
    put: 'filebeat.yml',
    lines: `filebeat.inputs:
  - type: filestream
    id: {{name}}
    paths: ['${file}']
${beatsOutput}`,
  }
}

/** What a Beat checks our certificate with, where the port speaks TLS. */
export const beatsAuthority = `{{tls:
  ssl.certificate_authorities: ['FOLDER/haidang-authority.pem']}}`

/** What the OpenTelemetry Collector checks it with. */
export const otlpAuthority = `{{tls:
    tls:
      ca_file: FOLDER/haidang-authority.pem}}`

/** What every Beat ends with to send to the station's Elastic port. */
export const beatsOutput = `output.elasticsearch:
  hosts: ['http{{tls:s}}://{{host}}:{{port}}']${beatsAuthority}
  username: any
  password: {{token}}
setup.template.enabled: false
setup.ilm.enabled: false`

/** The station reads the file itself: it stands on the same machine, or on a share. */
export function tail(path: string): WayIn {
  return { collector: 'tail-file', put: '', lines: '', path }
}

/** A command line of a product's own. */
export function commands(collector: WayIn['collector'], put: string, lines: string): WayIn {
  return { collector, put, lines }
}
