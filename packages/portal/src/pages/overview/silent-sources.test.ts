import type { Station } from '@haidang/contracts/station'
import { expect, test } from 'vitest'
import { silentSources } from './silent-sources.ts'

const station = (state: Station['state'], sources: readonly object[]) =>
  ({ id: state, state, heartbeat: { sources } }) as unknown as Station
const source = (name: string, state: string, since?: string) => ({ id: name, name, state, since })

test('sources that lack something are listed, the newest first; a silent station covers its own', () => {
  const stations = [
    station('connected', [
      source('well', 'active'),
      source('old', 'quiet', '2026-11-20T00:00:00.000Z'),
      source('waiting', 'quiet'),
      source('paused', 'paused', '2026-11-21T00:00:00.000Z'),
    ]),
    station('quiet', [source('new', 'failed', '2026-11-22T00:00:00.000Z')]),
    station('silent', [source('covered', 'quiet', '2026-11-22T00:00:00.000Z')]),
  ]
  expect(silentSources(stations).map((one) => one.source.name)).toEqual(['new', 'old'])
})
