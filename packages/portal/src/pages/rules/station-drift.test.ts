import type { StationDrift } from '@haidang/contracts/rule-set'
import { expect, test } from 'vitest'
import { progressOf } from './station-drift.ts'

const station = (change: Partial<StationDrift>): StationDrift => ({
  station_id: 'sta_1',
  station_name: 'Trạm',
  node_id: 'nod_1',
  organisation_id: 'org_1',
  local: false,
  ring: 'canary',
  wanted: 2,
  assigned: 2,
  assigned_at: null,
  reported: 2,
  reported_hash: 'h',
  reported_at: null,
  active: 1,
  errors: 0,
  state: 'in_force',
  problem: null,
  ...change,
})

test('a set is counted ring by ring: in force, refused or drifted, without an answer', () => {
  const stations = [
    station({}),
    station({}),
    station({ state: 'refused' }),
    station({ state: 'drifted' }),
    station({ state: 'sent' }),
    station({ ring: 'general', wanted: 1, assigned: 1, reported: 1 }),
  ]
  expect(progressOf(2, stations)).toEqual([
    { ring: 'canary', stations: 5, inForce: 2, refused: 2, waiting: 1 },
    { ring: 'early', stations: 0, inForce: 0, refused: 0, waiting: 0 },
    { ring: 'general', stations: 1, inForce: 0, refused: 0, waiting: 0 },
  ])
})

test('a station that has a newer set does not count for the older one', () => {
  expect(progressOf(1, [station({})])[0]).toMatchObject({ stations: 1, inForce: 0 })
})
