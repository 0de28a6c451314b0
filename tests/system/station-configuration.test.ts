import { parentConfigurationApi } from '@haidang/contracts/parent-configuration-api'
import { regulationApi } from '@haidang/contracts/regulation-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { stationConfigurationApi } from '@haidang/contracts/station-configuration-api'
import { testNetwork } from '@haidang/testbed/test-network'
import { expect, test, vi } from 'vitest'

const patience = { timeout: 60_000, interval: 300 }

test('on running nodes: a calendar, a silence span and a rhythm go down, the owner takes one back, an earlier plan returns', {
  timeout: 300_000,
}, async () => {
  await using network = await testNetwork({ stations: ['ministry'] })
  const plans = network.centre.api(stationConfigurationApi)
  const regulations = network.centre.api(regulationApi)
  const below = network.station('ministry')
  const own = below.api(parentConfigurationApi)
  const standing = async () => (await plans.stations({ query: {} })).items[0]

  const { regulation, newest } = await regulations.get({
    params: { profile: 'vn-labour' },
    query: {},
  })
  const extra = {
    id: 'extra-2027',
    name: { vi: 'Nghỉ thêm', en: 'Extra day' },
    clause: 'Thông báo thử',
    dates: ['2027-01-04'],
  }
  const { version } = await regulations.publish({
    body: {
      regulation: { ...regulation, holidays: [...regulation.holidays, extra] },
      effective_from: '2026-01-01',
      reason: 'thông báo nghỉ',
      based_on: newest,
    },
  })
  const calendar = [{ profile: 'vn-labour', version }]
  const settings = { calendar, silence_seconds: 900, heartbeat_seconds: 2 }
  const plan = { groups: [{ name: 'Mọi trạm', settings }] }
  await plans.publish({ body: { plan, reason: 'lịch nghỉ chung', based_on: 0 } })
  await vi.waitFor(async () => expect((await standing())?.state).toBe('applied'), patience)

  const held = await below.api(regulationApi).get({
    params: { profile: 'vn-labour' },
    query: {},
  })
  expect(held.version).toMatchObject({ reason: 'lịch nghỉ chung' })
  expect(held.regulation.holidays).toContainEqual(expect.objectContaining({ id: 'extra-2027' }))
  const { source } = await below.api(sourceApi).create({
    body: { name: 'mac-dinh', collector: 'json-lines' },
  })
  expect(source.expect_every_seconds).toBe(900)
  expect((await own.get({})).given).toMatchObject({ number: 1, reason: 'lịch nghỉ chung' })
  const beat = async () =>
    (await network.centre.api(stationApi).list({ query: { filter: 'local:false' } })).items[0]
      ?.heartbeat?.configuration
  await vi.waitFor(async () => expect(await beat()).toEqual({ number: 1 }), patience)

  await own.decide({ body: { name: 'calendar', allowed: false, reason: 'lịch riêng của bộ' } })
  await vi.waitFor(
    async () =>
      expect((await standing())?.settings).toContainEqual({
        name: 'calendar',
        state: 'refused',
        problem: 'the owner does not let the parent set it',
      }),
    patience,
  )
  const after = await below.api(regulationApi).get({
    params: { profile: 'vn-labour' },
    query: {},
  })
  expect(after.regulation).toEqual(regulation)

  await plans.publish({ body: { plan: { groups: [] }, reason: 'bỏ hết', based_on: 1 } })
  await vi.waitFor(async () => expect((await standing())?.state).toBe('none'), patience)
  await plans.restore({ params: { number: '1' }, body: { reason: 'trở lại', based_on: 2 } })
  await vi.waitFor(
    async () => expect(await standing()).toMatchObject({ assigned: 3, state: 'partly' }),
    patience,
  )
})
