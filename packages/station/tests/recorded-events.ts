import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Event } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import { toEvent } from '@haidang/station/normalise/to-event'

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared

/** Whether recordings are there; where they must be, reading them fails if they are not. */
export const hasRecordings = shared === 'required' || existsSync(join(directory, 'modules'))

const sourceId = 'src_0192f0c1-0000-7000-8000-000000000001'
const context = {
  organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
  node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
  simulated: false,
  sources: new Map([
    [
      sourceId,
      {
        id: sourceId,
        name: 'zeek',
        collector: 'json-lines' as const,
        format: 'zeek-json' as const,
        zone: 'UTC',
        logsource: {},
        tlp: 'amber' as const,
      },
    ],
  ]),
}

/** The events a station makes of a recording of Zeek, JSON or with columns, plain or gzip. */
export function recordedEvents(path: string): Event[] {
  const bytes = readFileSync(join(directory, path))
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const lines = text.startsWith('#') ? linesOfColumns(text) : text.trim().split('\n')
  return lines.flatMap((line) => {
    const read = toEvent(
      {
        position: { segment: 1, offset: 0 },
        origin: sourceId,
        key: undefined,
        receivedAt: millisecondsOf('2026-01-01T00:00:00Z'),
        body: new TextEncoder().encode(line),
      },
      context,
    )
    return read.ok ? [read.event] : []
  })
}

/** Zeek's format with columns as its JSON: what a station with `LogAscii::use_json` would have been sent. */
function linesOfColumns(text: string): string[] {
  const lines = text.split('\n')
  const header = (name: string) =>
    lines
      .find((line) => line.startsWith(`#${name}\t`))
      ?.split('\t')
      .slice(1) ?? []
  const [names, types, [path]] = [header('fields'), header('types'), header('path')]
  const numbers = new Set(['time', 'interval', 'count', 'int', 'double', 'port'])
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const given = line.split('\t').flatMap((value, i) => {
        if (value === '-') return []
        return [[names[i] ?? '', numbers.has(types[i] ?? '') ? Number(value) : value] as const]
      })
      return JSON.stringify({ _path: path, ...Object.fromEntries(given) })
    })
}
