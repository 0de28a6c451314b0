import { readFileSync } from 'node:fs'
import { cpuUsage } from 'node:process'
import { type LoadResult, type LoadTarget, load } from '@haidang/replay/load'
import { type LaneName, laneNames, laneRecord } from '@haidang/replay/load-lanes'
import { systemClock } from '@haidang/runtime/clock'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type CommandIo, WrongCall } from './io.ts'
import { ProgressLine } from './progress-line.ts'

const syslogWays = ['syslog-tcp', 'syslog-udp', 'syslog-tls'] as const
/** Where a node listens unless told otherwise. */
const httpWays = {
  'json-lines': undefined,
  'elastic-bulk': 'http://127.0.0.1:9200/_bulk',
  'splunk-hec': 'http://127.0.0.1:8088/services/collector/event',
  otlp: 'http://127.0.0.1:4318/v1/logs',
} as const
const ports = { 'syslog-tcp': 5514, 'syslog-udp': 5514, 'syslog-tls': 6514 } as const
type SyslogWay = (typeof syslogWays)[number]
type HttpWay = keyof typeof httpWays

interface LoadOptions {
  readonly to: SyslogWay | HttpWay
  readonly host: string
  readonly port?: number
  readonly url?: readonly string[]
  readonly token: readonly string[]
  readonly from: readonly string[]
  readonly ca?: string
  readonly connections: number
  readonly lane: LaneName
  readonly size: number
  readonly lines: number
  readonly rate: number
  readonly json: boolean
}

/** `haidang load`: a steady stream of marked records into a listener of one's own node. */
export function addLoadCommand(program: Command, io: CommandIo, signal: AbortSignal): void {
  program
    .command('load')
    .description(
      'send a steady stream of simulated records to a listener of your own node, and time it',
    )
    .addOption(
      new Option('--to <way>', 'way in')
        .choices([...syslogWays, ...Object.keys(httpWays)])
        .default('syslog-tcp'),
    )
    .option('--host <host>', 'syslog: the listener', '127.0.0.1')
    .option('--port <port>', 'syslog: the listener (5514, TLS 6514)', wholeNumber)
    .option('--from <address...>', 'syslog: addresses of this machine to send from, by turns', [])
    .option('--ca <file>', 'syslog-tls: PEM of who signed the certificate of the node')
    .option(
      '--url <url...>',
      'HTTP: where each source is, as in http://127.0.0.1:8080/ingest/v1/eve; one suffices where sources share it',
    )
    .option('--token <token...>', 'HTTP: token of each source', [])
    .option('--connections <n>', 'connections, of each source or in all', atLeastOne, 1)
    .addOption(
      new Option('--lane <lane>', 'kind of records').choices([...laneNames]).default('logins'),
    )
    .option('--size <bytes>', 'bytes a record has at least', wholeNumber, 0)
    .option('--lines <n>', 'how many', wholeNumber, 100_000)
    .option('--rate <n>', 'lines a second in all; 0: as fast as they are taken', wholeNumber, 2_000)
    .option('--json', 'print JSON, one object a line', false)
    .action(async (options: LoadOptions) => {
      const progress = new ProgressLine(process.stderr)
      const shape = isSyslog(options.to) ? 'syslog' : 'json'
      const record = laneRecord({ lane: options.lane, shape, size: options.size })
      const before = cpuUsage()
      const result = await load({
        targets: targetsOf(options),
        linesPerSecond: options.rate,
        lines: options.lines,
        keyPrefix: `load-${systemClock.now()}`,
        line: (n) => record(n, systemClock.now()),
        clock: systemClock,
        signal,
        onProgress: (soFar) => progress.show(progressOf(soFar, options.lines)),
      }).finally(() => progress.clear())
      const { user, system } = cpuUsage(before)
      const summary = summaryOf(result, options, (user + system) / 1e6)
      io.out(options.json ? JSON.stringify(summary) : summaryText(summary))
    })
}

/** A target for each connection; sources take turns. */
function targetsOf(options: LoadOptions): readonly [LoadTarget, ...LoadTarget[]] {
  const [first, ...more] = isSyslog(options.to)
    ? syslogTargets(options, options.to)
    : httpTargets(options, options.to)
  if (!first) throw new WrongCall(`${options.to} needs --token, one for each source`)
  return [first, ...more]
}

function isSyslog(way: LoadOptions['to']): way is SyslogWay {
  return syslogWays.some((each) => each === way)
}

function syslogTargets(options: LoadOptions, way: SyslogWay): LoadTarget[] {
  const { host, port = ports[way], from, ca, connections } = options
  const tls = way === 'syslog-tls' && { tls: { ...(ca !== undefined && { ca: readCa(ca) }) } }
  const targetFrom = (address: string | undefined): LoadTarget => ({
    kind: way === 'syslog-udp' ? way : 'syslog-tcp',
    host,
    port,
    ...tls,
    ...(address !== undefined && { from: address }),
  })
  const addresses = from.length > 0 ? from : [undefined]
  return addresses.flatMap((address) =>
    Array.from({ length: connections }, () => targetFrom(address)),
  )
}

function httpTargets(options: LoadOptions, kind: HttpWay): LoadTarget[] {
  const { url = [httpWays[kind] ?? []].flat(), token, connections } = options
  const [only] = url
  if (only === undefined) throw new WrongCall(`${kind} needs --url and --token`)
  if (url.length > 1 && url.length !== token.length) {
    throw new WrongCall(`${url.length} --url but ${token.length} --token: give one for each source`)
  }
  return token.flatMap((each, n) =>
    Array.from({ length: connections }, () => ({ kind, url: url[n] ?? only, token: each })),
  )
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new WrongCall(`--ca: ${error instanceof Error ? error.message : String(error)}`)
  }
}

interface LoadSummary {
  readonly way: string
  readonly lane: LaneName
  readonly lines: number
  readonly sent: number
  /** Absent where the way in never answers. */
  readonly acknowledged?: number
  readonly resent: number
  readonly seconds: number
  readonly per_second: number
  readonly cpu_seconds: number
  readonly cpu_us_per_line: number
}

function summaryOf(result: LoadResult, { to, lane, lines }: LoadOptions, cpu: number): LoadSummary {
  const { sent, acknowledged, resent, seconds } = result
  return {
    way: to,
    lane,
    lines,
    sent,
    ...(!isSyslog(to) && { acknowledged }),
    resent,
    seconds: rounded(seconds),
    per_second: Math.round(sent / seconds),
    cpu_seconds: rounded(cpu),
    cpu_us_per_line: sent === 0 ? 0 : rounded((cpu / sent) * 1e6),
  }
}

function summaryText(summary: LoadSummary): string {
  const { sent, lines, seconds, resent, acknowledged } = summary
  const answered =
    acknowledged === undefined
      ? 'syslog is not acknowledged'
      : `${acknowledged} acknowledged, ${resent} sent again`
  return [
    `${sent} of ${lines} lines sent in ${seconds} s, ${summary.per_second} a second; ${answered}.`,
    `The sender used ${summary.cpu_seconds} s of processor time, ${summary.cpu_us_per_line} µs a line.`,
  ].join('\n')
}

function progressOf({ sent, acknowledged, resent, seconds }: LoadResult, lines: number): string {
  const rate = seconds > 0 ? Math.round(sent / seconds) : 0
  return `${sent} of ${lines} sent, ${acknowledged} acknowledged, ${resent} sent again, ${rate} a second`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('not a whole number')
  return value
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text)
  if (value === 0) throw new InvalidArgumentError('at least 1')
  return value
}
