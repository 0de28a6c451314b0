import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Event } from '@haidang/contracts/event'
import { describe, expect, test } from 'vitest'
import { toEvent } from './to-event.ts'

// Recorded data lies outside the repository; HAIDANG_SHARED names it, `required` means it must be there.
const setting = process.env['HAIDANG_SHARED']
const root =
  !setting || setting === 'required' ? join(import.meta.dirname, '../../../../../shared') : setting
const detection = join(root, 'data/detection')
const isThere = existsSync(detection)
if (!isThere && setting === 'required') throw new Error(`no shared data in ${root}`)
if (!isThere) process.stderr.write(`skipped: no shared data in ${root}\n`)

const context = {
  organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
  node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
  simulated: false,
  sources: new Map(),
}
const origin = 'src_01a02b03-0000-7000-8000-000000000001 192.0.2.9'

/** Events by class of up to `most` lines, every one checked against the contract. */
function readFile(path: string, most: number): Map<string, number> {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const lines = text.split('\n').filter((line) => line !== '')
  const step = Math.max(1, Math.floor(lines.length / most))
  const classes = new Map<string, number>()
  for (let at = 0; at < lines.length; at += step) {
    const read = toEvent(
      {
        position: { segment: 1, offset: at },
        origin,
        key: undefined,
        receivedAt: Date.parse('2026-11-22T03:00:00Z'),
        body: Buffer.from(lines[at] ?? ''),
      },
      context,
    )
    if (!read.ok) throw new Error(`line ${at + 1}: ${read.reason} ${read.detail}`)
    const event = Event.parse(JSON.parse(JSON.stringify(read.event)))
    const name = `${event.metadata.parser} ${event.class_uid}`
    classes.set(name, (classes.get(name) ?? 0) + 1)
  }
  return classes
}

function filesIn(folder: string, pattern: RegExp): string[] {
  if (!isThere) return []
  return readdirSync(join(detection, folder))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`)
}

describe.skipIf(!isThere)('recorded data', () => {
  test('every EVE alert becomes a detection finding', () => {
    expect(readFile(join(detection, 'eve/eve_alerts.ndjson'), 1000)).toEqual(
      new Map([['suricata-eve 2004', 297]]),
    )
  })

  test('every event type of the EVE sample is read as EVE', () => {
    const classes = readFile(
      join(detection, 'eve/eve_partial_from_suricata_verify.ndjson.gz'),
      1000,
    )
    expect([...classes.values()].reduce((sum, count) => sum + count, 0)).toBe(767)
    expect(classes.get('suricata-eve 4003')).toBeGreaterThan(100)
  })

  test.each([
    ...filesIn('zeek', /ndjson/),
    ...filesIn('windows-benign', /ndjson/),
    ...filesIn('windows-otrf', /ndjson/),
    ...filesIn('windows-otrf-winlogbeat6', /ndjson/),
  ])('%s is read whole, as what it is', (path) => {
    const classes = readFile(join(detection, path), 500)
    const parser = path.startsWith('zeek') ? 'zeek-json' : 'windows-json'
    for (const name of classes.keys()) expect(name).toMatch(new RegExp(`^${parser} `))
  })
})
