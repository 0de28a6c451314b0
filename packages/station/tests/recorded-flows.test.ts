import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ExporterDomains } from '../src/collect/flow/exporter-domains.ts'
import { FlowReader } from '../src/collect/flow/flow-reader.ts'
import { HeldSets } from '../src/collect/flow/held-sets.ts'
import { SeriesBook } from '../src/collect/flow/series-book.ts'
import { TemplateReader } from '../src/collect/flow/template-reader.ts'
import { flowSource } from './flow-messages.ts'
import { udpPayloads } from './pcap.ts'

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared
const exports = join(directory, 'exchange/netflow')
const present = shared === 'required' || existsSync(exports)

type Row = Readonly<Record<string, string | number>>

const read = (version: string): { rows: Row[]; lost: number } => {
  const series = new SeriesBook()
  const templates = new TemplateReader(new ExporterDomains(() => undefined), new HeldSets())
  const clock = { now: () => 1_795_309_300_000, iso: () => '', monotonic: () => 0 }
  const reader = new FlowReader({ templates, series, clock, ignored: () => undefined })
  const capture = readFileSync(join(exports, `softflowd-${version}.pcap`))
  const peer = { address: '127.0.0.1', port: 40_000 }
  const rows = [...udpPayloads(capture)].flatMap((payload) =>
    reader.read(payload, peer, flowSource()).map((bytes) => JSON.parse(String(bytes)) as Row),
  )
  return { rows, lost: series.settle({ all: true }).get('src_flow') ?? 0 }
}

/** What a flow is known by, in the words of both; of softflowd's IPFIX nfdump takes begin for end. */
const ours = (row: Row): string =>
  [
    row['sourceIPv4Address'] ?? row['sourceIPv6Address'],
    row['destinationIPv4Address'] ?? row['destinationIPv6Address'],
    row['protocolIdentifier'],
    row['octetDeltaCount'],
    row['packetDeltaCount'],
    Number(row['flowEndMilliseconds']) - Number(row['flowStartMilliseconds']),
  ].join(' ')
const nfdumps = (row: Row): string =>
  [
    row['src4_addr'] ?? row['src6_addr'],
    row['dst4_addr'] ?? row['dst6_addr'],
    row['proto'],
    row['in_bytes'],
    row['in_packets'],
    Math.abs(Date.parse(`${row['last']}Z`) - Date.parse(`${row['first']}Z`)),
  ].join(' ')

// Exports of softflowd 1.1.0, and what nfdump 1.7.1 makes of them.
test.skipIf(!present).each(['v5', 'v9', 'v10'])(
  'softflowd %s: the same flows as nfdump finds, nothing missing (skipped without shared data)',
  (version) => {
    const { rows, lost } = read(version)
    const text = readFileSync(join(exports, `softflowd-${version}.nfdump.json`), 'utf8')
    const expected = JSON.parse(text) as Row[]
    expect(rows.length).toBe(expected.length)
    expect(rows.map(ours).toSorted()).toEqual(expected.map(nfdumps).toSorted())
    expect(lost).toBe(0)
  },
)

test.skipIf(!present)('no flow ends after it was exported, though its uptime wrapped', () => {
  for (const version of ['v5', 'v9', 'v10']) {
    const late = read(version).rows.filter(
      (row) => Number(row['flowEndMilliseconds']) > Number(row['exportTime']),
    )
    expect(late).toEqual([])
  }
})
