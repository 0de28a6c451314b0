import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Event } from '@haidang/contracts/event'
import { formatNames } from '@haidang/contracts/record-format'
import { expect, test } from 'vitest'
import { toEvent } from './to-event.ts'

// Add `<product>/<name>.log` and run with FIXTURES=write: `<name>.json` beside it is what it should become.
// `.constructed` in a name: written by hand after the product's documentation, not recorded.
const directory = join(import.meta.dirname, 'fixtures')
const isWriting = process.env['FIXTURES'] === 'write'
const receivedAt = Date.parse('2026-11-22T03:00:00Z')
const sourceId = 'src_01a02b03-0000-7000-8000-000000000001'
const source = {
  id: sourceId,
  name: 'fixture',
  collector: 'tail-file' as const,
  format: 'auto' as const,
  zone: 'Asia/Ho_Chi_Minh',
  logsource: {},
  tlp: 'amber' as const,
}
const context = {
  organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
  node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
  simulated: false,
  sources: new Map([[sourceId, source]]),
}
const products = readdirSync(directory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const logs = products.flatMap((product) =>
  readdirSync(join(directory, product))
    .filter((name) => name.endsWith('.log'))
    .map((name) => `${product}/${name}`),
)

test.each(logs)('%s becomes the event beside it', (name) => {
  const path = join(directory, name)
  const record = {
    position: { segment: 1, offset: 8 },
    origin: `${sourceId} 192.0.2.9`,
    key: undefined,
    receivedAt,
    body: readFileSync(path),
  }
  const read = toEvent(record, context)
  if (!read.ok) throw new Error(`${read.reason}: ${read.detail}`)
  const event = Event.parse(JSON.parse(JSON.stringify(read.event)))
  // The raw text is the file beside; what is the same for all fixtures would hide what is not.
  const { raw_data, organisation_id, node_id, source_id, tlp, received_time, id, ...shown } = event
  const expected = path.replace(/\.log$/, '.json')
  if (isWriting) writeFileSync(expected, `${JSON.stringify(shown, null, 2)}\n`)
  expect(shown).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  expect(raw_data).toBe(readFileSync(path, 'utf8').trimEnd())
  expect({ organisation_id, node_id, source_id, tlp, received_time }).toMatchObject({
    tlp: 'amber',
    received_time: '2026-11-22T03:00:00.000Z',
  })
  expect(id).toMatch(/^evt_[0-9a-f-]{36}$/)
})

test('there are fixtures of every format, and of no other', () => {
  expect(products.toSorted()).toEqual(Object.keys(formatNames).toSorted())
})
