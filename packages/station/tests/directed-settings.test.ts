import type { ConfigurationReport, SettingName } from '@haidang/contracts/directed-configuration'
import type { Envelope } from '@haidang/contracts/link'
import { ConfigurationStore } from '@haidang/link/child/configuration-store'
import { linkMigrations } from '@haidang/link/migrations'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { Problem } from '@haidang/runtime/problem'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DirectedSettings } from '../src/direct/configuration.ts'

const clock = new ManualClock('2026-11-22T03:00:00.000Z')
const owner = { scope: { ...systemScope, actor: { id: 'usr_1', name: 'Chủ quản' } } } as Caller
const words = { vi: 'x', en: 'x' }
const calendar = {
  profile: 'vn-days',
  name: words,
  valid_from: '2020-01-01',
  holidays: [{ id: 'day', name: words, clause: 'x', dates: ['2027-01-01'] }],
}
const given = (regulation: object) => [{ effective_from: '2027-01-01', regulation }]

let database: TestDatabase
let settings: DirectedSettings
let answers: ConfigurationReport[]
/** Names of the profiles that were to be in force, each time they were placed. */
let placings: string[][]

beforeAll(async () => {
  database = await testDatabase([runtimeMigrations, linkMigrations])
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  await database.asOwner('truncate directed_configuration, setting_consent')
  answers = []
  placings = []
  settings = opened()
})

/** As after a start of the node: nothing in memory. */
function opened(): DirectedSettings {
  return new DirectedSettings({
    database,
    clock,
    store: new ConfigurationStore(),
    journal: createJournal({ database, clock, newId: idsFrom(clock) }),
    place: async (_tx, wanted) => {
      const names = wanted.map(({ regulation }) => regulation.profile)
      placings.push(names)
      return names.map((profile) => ({ profile, version: 1, before: 0 }))
    },
    answer: async (_tx, report) => void answers.push(report),
  })
}

function give(number: number, values: Record<string, unknown>, from = 'org_parent') {
  const data = { number, set_by: 'Trung tâm', set_at: clock.iso(), reason: 'lý do' }
  const envelope = { from, data: { ...data, settings: values } } as Envelope
  return database.transact(systemScope, (tx) => settings.take(tx, envelope))
}

const states = () => answers.at(-1)?.settings.map(({ name, state }) => [name, state])
const decide = (name: SettingName, allowed: boolean) =>
  settings.decide(owner, { name, allowed, reason: 'quyết định' })

test('every setting is answered for itself: applied, or invalid with why; what can be used is used', async () => {
  await give(1, {
    calendar: given(calendar),
    regulations: given({ ...calendar, profile: 'vn-none', valid_from: 'yesterday' }),
    heartbeat: { seconds: 10 },
    silence: { seconds: 2 },
    colour: 'red',
  })
  expect(answers).toEqual([
    {
      number: 1,
      settings: [
        { name: 'calendar', state: 'applied', problem: null },
        { name: 'regulations', state: 'invalid', problem: expect.stringContaining('valid_from') },
        { name: 'heartbeat', state: 'applied', problem: null },
        { name: 'silence', state: 'invalid', problem: expect.stringContaining('seconds') },
        { name: 'colour', state: 'invalid', problem: 'this version knows no such setting' },
      ],
    },
  ])
  expect(placings).toEqual([['vn-days']])
  await settings.refresh()
  expect(settings.heartbeatSeconds).toBe(10)
  expect(await settings.silenceSeconds()).toBeUndefined()
})

test('a profile of deadlines is no calendar, and one profile is not set twice', async () => {
  const deadline = {
    id: 'd',
    name: words,
    clause: 'x',
    trigger: 'order.delivered',
    within: 'PT1H',
  }
  await give(1, { calendar: given({ ...calendar, deadlines: [deadline] }) })
  expect(answers[0]?.settings[0]?.problem).toBe('vn-days: deadlines are no calendar')
  await give(2, { calendar: given(calendar), regulations: given(calendar) })
  expect(states()).toEqual([
    ['calendar', 'applied'],
    ['regulations', 'invalid'],
  ])
})

test('what the owner does not allow is refused; taking it back ends what was set, and the parent is told both ways', async () => {
  await decide('heartbeat', false)
  expect(answers).toEqual([])
  await give(1, { heartbeat: { seconds: 10 }, calendar: given(calendar) })
  expect(states()).toEqual([
    ['heartbeat', 'refused'],
    ['calendar', 'applied'],
  ])
  expect(settings.heartbeatSeconds).toBeUndefined()

  await decide('calendar', false)
  expect(states()).toContainEqual(['calendar', 'refused'])
  expect(placings.at(-1)).toEqual([])

  await decide('heartbeat', true)
  expect(states()).toContainEqual(['heartbeat', 'applied'])
  expect(settings.heartbeatSeconds).toBe(10)
  const own = await settings.own()
  expect(own.given).toMatchObject({ number: 1, set_by: 'Trung tâm', reason: 'lý do' })
  expect(own.settings).toContainEqual(
    expect.objectContaining({ name: 'heartbeat', allowed: true, state: 'applied', value: '10 s' }),
  )
  expect(own.settings.find(({ name }) => name === 'calendar')).toMatchObject({
    allowed: false,
    decided_by: 'Chủ quản',
    state: 'refused',
    value: 'vn-days (2027-01-01)',
  })
})

test('the same again changes nothing, a later version replaces the whole, and a restart keeps what is set', async () => {
  const first = { heartbeat: { seconds: 10 }, calendar: given(calendar) }
  await give(1, first)
  await give(1, first)
  expect(answers[0]).toEqual(answers[1])
  settings = opened()
  await settings.refresh()
  expect(settings.heartbeatSeconds).toBe(10)

  await give(2, { silence: { seconds: 900 } })
  await settings.refresh()
  expect(settings.heartbeatSeconds).toBeUndefined()
  expect(await settings.silenceSeconds()).toBe(900)
  expect(placings.at(-1)).toEqual([])
})

test('what cannot be read at all is refused and changes nothing; another parent ends what the one before set', async () => {
  await give(1, { silence: { seconds: 900 } })
  await expect(give(0, {})).rejects.toThrow(Problem)
  expect(await settings.silenceSeconds()).toBe(900)
  await database.transact(systemScope, (tx) => settings.joined(tx, 'org_parent'))
  expect(await settings.silenceSeconds()).toBe(900)
  await database.transact(systemScope, (tx) => settings.joined(tx, 'org_other'))
  expect(await settings.silenceSeconds()).toBeUndefined()
})

test('who does not act for the whole node decides nothing', async () => {
  const narrow = { scope: { ...owner.scope, organisations: ['org_1'] } } as unknown as Caller
  const asked = settings.decide(narrow, { name: 'silence', allowed: false, reason: 'thử' })
  await expect(asked).rejects.toMatchObject({ code: 'permission.missing' })
})
