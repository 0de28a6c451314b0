import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Daemon } from './daemon.ts'
import type { SenderFiles } from './sender-certificates.ts'
import type { StreamSender, TextOf } from './stream-sender.ts'

/** Debian's package cannot stand beside that of rsyslog; unpacked into a directory of its own it runs all the same. */
const roots = ['', '/opt/syslog-ng']
const root = roots.find((each) => existsSync(`${each}/usr/sbin/syslog-ng`))
const library = `${root ?? ''}/usr/lib/syslog-ng`
const elastic = `${root ?? ''}/usr/share/syslog-ng/include/scl/elasticsearch/elastic-http.conf`

export const hasSyslogNg =
  root !== undefined && existsSync(elastic) && existsSync(`${library}/3.38/libhttp.so`)

/** Where it sends, by its own drivers. */
type SyslogNgTarget =
  | { readonly driver: 'tcp-counted' | 'tcp-lines' | 'udp'; readonly port: number }
  | { readonly driver: 'tls'; readonly port: number; readonly files: SenderFiles }
  | { readonly driver: 'unix'; readonly path: string }
  | { readonly driver: 'elastic'; readonly port: number; readonly token: string }
  | { readonly driver: 'http'; readonly url: string; readonly token: string }

interface SyslogNgOptions {
  readonly directory: string
  readonly to: SyslogNgTarget
  readonly textOf: TextOf
  readonly linesPerSecond: number
}

/** The system's syslog-ng with a configuration of ours: follows a file and sends every line of it. */
export async function syslogNg(options: SyslogNgOptions): Promise<StreamSender> {
  const { directory, to, textOf, linesPerSecond } = options
  const file = join(directory, 'input.log')
  const configuration = join(directory, 'syslog-ng.conf')
  await mkdir(directory, { recursive: true })
  await writeFile(file, '')
  await writeFile(configuration, configurationOf(directory, file, to))
  const places = { '-f': configuration, '-R': 'persist', '-c': 'control', '-p': 'pid' }
  const args = Object.entries(places).flatMap(([flag, name]) => [
    flag,
    flag === '-f' ? name : join(directory, name),
  ])
  return new Daemon({
    program: `${root}/usr/sbin/syslog-ng`,
    args: ['-F', '--no-caps', `--module-path=${library}/3.38`, ...args],
    env: { LD_LIBRARY_PATH: library },
    file,
    textOf,
    linesPerSecond,
  })
}

function configurationOf(directory: string, file: string, to: SyslogNgTarget): string {
  return `@version: 3.38
@include "${elastic}"
options { time-reopen(1); use-uniqid(yes); stats-freq(0); };
source s_file {
  file("${file}" flags(no-parse) follow-freq(0.1) program-override("syslog-ng"));
};
destination d_haidang {
  ${destinationOf(directory, to)}
};
log { source(s_file); destination(d_haidang); flags(flow-control); };
`
}

function destinationOf(directory: string, to: SyslogNgTarget): string {
  const buffer = `disk-buffer(disk-buf-size(268435456) reliable(yes) dir("${directory}"))`
  switch (to.driver) {
    case 'tcp-counted':
      return `syslog("127.0.0.1" port(${to.port}) transport("tcp") ${buffer});`
    case 'tcp-lines':
      return `network("127.0.0.1" port(${to.port}) transport("tcp") ${buffer});`
    case 'udp':
      return `network("127.0.0.1" port(${to.port}) transport("udp"));`
    case 'tls':
      return `syslog("localhost" port(${to.port}) transport("tls")
    tls(ca-file("${to.files.authority}") peer-verify(required-trusted) ${shownBy(to.files)})
    ${buffer});`
    case 'unix':
      return `unix-stream("${to.path}" ${buffer});`
    case 'elastic':
      return `elasticsearch-http(url("http://127.0.0.1:${to.port}/_bulk") index("syslog-ng") type("")
    custom_id("$UNIQID") user("any") password("${to.token}") batch-lines(500) ${buffer});`
    case 'http':
      return `http(url("${to.url}") method("POST") batch-lines(500) delimiter("\\n")
    headers("Authorization: Bearer ${to.token}", "Content-Type: application/x-ndjson")
    body("$(format-json time=$ISODATE host=$HOST program=$PROGRAM message=$MESSAGE)") ${buffer});`
  }
}

function shownBy({ own }: SenderFiles): string {
  return own ? `cert-file("${own.certificate}") key-file("${own.key}")` : ''
}
