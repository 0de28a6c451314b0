import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Field,
  flowSource,
  ipfixMessage,
  optionsOf,
  setOf,
  sflowDatagram,
  templateOf,
  version5Message,
  version9Message,
} from '../../../tests/flow-messages.ts'
import { ExporterDomains } from '../../collect/flow/exporter-domains.ts'
import { FlowReader } from '../../collect/flow/flow-reader.ts'
import { HeldSets } from '../../collect/flow/held-sets.ts'
import { SeriesBook } from '../../collect/flow/series-book.ts'
import { TemplateReader } from '../../collect/flow/template-reader.ts'
import { normaliseFlow } from '../../normalise/flow.ts'
import type { JsonObject } from '../json.ts'

const clock = { now: () => 1_795_000_000_000, iso: () => '', monotonic: () => 0 }
const peer = { address: '192.0.2.9', port: 2055 }
const around = { zone: 'UTC', receivedAt: clock.now() }

function newReader(): FlowReader {
  const templates = new TemplateReader(new ExporterDomains(() => undefined), new HeldSets())
  return new FlowReader({ templates, series: new SeriesBook(), clock, ignored: () => undefined })
}

/** Every record is an event or a reason, whatever the octets. */
function readAll(reader: FlowReader, datagrams: readonly Uint8Array[]): void {
  for (const bytes of datagrams) {
    const records = reader.read(Buffer.from(bytes), peer, flowSource())
    expect(records.length).toBeLessThanOrEqual(4096 + 1024)
    for (const record of records) {
      const read = normaliseFlow(JSON.parse(String(record)) as JsonObject, around)
      if (!('draft' in read)) expect(read.reason).toMatch(/^flow\.[a-z-]+$/)
    }
  }
}

const octets = fc.uint8Array({ maxLength: 1500 })
const id = fc.nat(500)
const length = fc.oneof(fc.nat(20), fc.constant(65_535))
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.tuple(id, length),
  fc.tuple(id, length, fc.constantFrom(9, 29_305, 35_632)),
)
const set = fc.oneof(
  fc.tuple(fc.constantFrom(256, 257, 258, 300), octets).map(([id, body]) => setOf(id, body)),
  fc
    .tuple(fc.constantFrom(256, 257), fc.array(field, { maxLength: 20 }))
    .map(([id, fields]) => setOf(2, templateOf(id, fields))),
  fc
    .tuple(fc.constantFrom(258), fc.array(field, { minLength: 1, maxLength: 5 }))
    .map(([id, fields]) => setOf(3, optionsOf(id, fields))),
  fc
    .tuple(
      fc.constantFrom(256, 257),
      fc.array(fc.tuple(fc.nat(100), fc.nat(20)), { maxLength: 20 }),
    )
    .map(([id, fields]) => setOf(0, templateOf(id, fields))),
  fc.tuple(fc.constantFrom(0, 1, 2, 3), octets).map(([id, body]) => setOf(id, body)),
)
const wholeDatagram = fc.oneof(
  fc.array(set, { maxLength: 6 }).map((sets) => ipfixMessage(sets)),
  fc.array(set, { maxLength: 6 }).map((sets) => version9Message(sets)),
  fc.nat(29).map((count) => version5Message(count + 1)),
  fc.nat(4).map((count) => sflowDatagram(count + 1)),
)
/** Cut, or with octets changed. */
const datagram = fc
  .tuple(
    wholeDatagram,
    fc.option(fc.nat(1500), { nil: undefined }),
    fc.array(fc.tuple(fc.nat(1500), fc.nat(255)), { maxLength: 4 }),
  )
  .map(([whole, cut, changes]) => {
    const bytes = Buffer.from(whole.subarray(0, cut))
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
    return bytes
  })

test('any octets: events or reasons, nothing thrown', () => {
  fc.assert(
    fc.property(fc.constantFrom(5, 9, 10, 0), octets, (version, rest) => {
      const head = version === 0 ? [0, 0, 0, 5] : [0, version]
      readAll(newReader(), [Buffer.concat([Buffer.from(head), rest]), rest])
    }),
    { numRuns: 300 },
  )
})

test('messages that are nearly right: events or reasons, nothing thrown', () => {
  fc.assert(
    fc.property(fc.array(datagram, { maxLength: 8 }), (datagrams) => {
      readAll(newReader(), datagrams)
    }),
    { numRuns: 300 },
  )
})

test('a datagram of the shortest records becomes no more than 4,096, and the rest a reject', () => {
  const reader = newReader()
  const template = ipfixMessage([setOf(2, templateOf(256, [[4, 1]]))])
  readAll(reader, [template])
  const records = reader.read(
    ipfixMessage([setOf(256, Buffer.alloc(60_000, 6))]),
    peer,
    flowSource(),
  )
  expect(records.length).toBe(4097)
  expect(String(records.at(-1))).toContain('flow.malformed')
})

test('templates whose records may be empty, or of too many fields, are refused', () => {
  const reader = newReader()
  const of = (fields: readonly Field[]) =>
    reader
      .read(ipfixMessage([setOf(2, templateOf(256, fields))]), peer, flowSource())
      .map((record) => JSON.parse(String(record)).problem)
  expect(of([[4, 0]])).toEqual(['flow.template-invalid'])
  expect(of(Array.from({ length: 513 }, () => [4, 1] as const))).toEqual(['flow.template-invalid'])
})
