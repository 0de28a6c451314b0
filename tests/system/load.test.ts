import { join } from 'node:path'
import { createProgram } from '@haidang/haidang/program'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from './harness/until.ts'
import { type StartedStation, startStation } from './start-station.ts'

const lines = 1_500
const collectors = [
  'syslog-tcp',
  'syslog-udp',
  'syslog-tls',
  'json-lines',
  'elastic-bulk',
  'splunk-hec',
  'otlp-http',
] as const
let station: StartedStation

beforeAll(async () => {
  station = await startStation({
    sources: collectors.map((kind) => ({ name: kind, collector: kind })),
  })
}, 60_000)
afterAll(() => station[Symbol.asyncDispose]())

const token = (name: string) => ['--token', station.tokens.get(name) ?? '']
const ways: Record<string, { source: (typeof collectors)[number]; call: () => string[] }> = {
  'syslog-tcp': {
    source: 'syslog-tcp',
    call: () => ['--port', String(station.syslogPort), '--lane', 'mixed', '--connections', '3'],
  },
  'syslog-udp': {
    source: 'syslog-udp',
    call: () => ['--port', String(station.syslogPort), '--from', '127.0.0.8', '127.0.0.9'],
  },
  'syslog-tls': {
    source: 'syslog-tls',
    call: () => [
      ...['--port', String(station.ports.syslogTls), '--lane', 'web', '--size', '900'],
      ...['--ca', join(station.node.directory, 'keys/authority.pem')],
    ],
  },
  'json-lines': {
    source: 'json-lines',
    call: () => [
      '--url',
      `${station.node.access.url}/ingest/v1/json-lines`,
      ...token('json-lines'),
    ],
  },
  'elastic-bulk': {
    source: 'elastic-bulk',
    call: () => [
      ...['--url', `http://127.0.0.1:${station.ports.elastic}/_bulk`, '--lane', 'flows'],
      ...token('elastic-bulk'),
    ],
  },
  'splunk-hec': {
    source: 'splunk-hec',
    call: () => [
      ...['--url', `http://127.0.0.1:${station.ports.hec}/services/collector/event`],
      ...[...token('splunk-hec'), '--lane', 'mixed'],
    ],
  },
  otlp: {
    source: 'otlp-http',
    call: () => [
      ...['--url', `http://127.0.0.1:${station.ports.otlp}/v1/logs`, '--lane', 'processes'],
      ...token('otlp-http'),
    ],
  },
}

test.each(Object.entries(ways))(
  'haidang load --to %s: every line is an event',
  async (way, to) => {
    const printed: string[] = []
    const io = {
      out: (text: string) => void printed.push(text),
      err: () => undefined,
      dataDirectory: '.',
      environment: {},
    }
    const call = ['--to', way, '--lines', String(lines), '--rate', '20000', '--json', ...to.call()]
    const signal = AbortSignal.timeout(20_000)
    await (await createProgram(io, signal)).parseAsync(['node', 'haidang', 'load', ...call])
    const { sent, cpu_us_per_line } = JSON.parse(printed.join('')) as Record<string, number>
    expect(sent).toBe(lines)
    expect(cpu_us_per_line).toBeGreaterThan(0)
    await until(`${lines} lines of ${way}`, 20_000, async () => {
      const { parsed, rejected } = (await station.source(to.source)).counters
      expect(rejected).toBe(0)
      return parsed === lines
    })
  },
  45_000,
)

test('haidang load --to syslog-tls stops where it does not trust the certificate', async () => {
  const io = { out: () => undefined, err: () => undefined, dataDirectory: '.', environment: {} }
  const call = ['--to', 'syslog-tls', '--port', String(station.ports.syslogTls)]
  const program = await createProgram(io, AbortSignal.timeout(20_000))
  await expect(program.parseAsync(['node', 'haidang', 'load', ...call])).rejects.toThrow(
    /certificate/,
  )
}, 30_000)
