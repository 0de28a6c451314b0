import { authorityApi } from '@haidang/contracts/authority-api'
import { joinFileApi } from '@haidang/contracts/join-file-api'
import { stationApi } from '@haidang/contracts/station-api'
import { testNetwork } from '@haidang/testbed/test-network'
import { expect, test, vi } from 'vitest'

const patience = { timeout: 90_000, interval: 500 }

test('on running nodes: the authority is rotated, a station is revoked, and it comes back by two files', {
  timeout: 300_000,
}, async () => {
  await using network = await testNetwork({ stations: ['ministry'] })
  const centre = network.centre.api(stationApi)
  const keys = network.centre.api(authorityApi)
  const below = network.station('ministry')
  const tie = async () => (await below.api(stationApi).parent({})).state
  const before = await keys.get({})
  expect(before).toMatchObject({ next: null, stations: 1, former: [] })

  const begun = await keys.rotate({ body: { reason: 'diễn tập' } })
  expect(begun.behind).toHaveLength(1)
  await vi.waitFor(async () => expect((await keys.get({})).behind).toEqual([]), patience)
  const after = await keys.retire({ body: { reason: 'diễn tập' } })
  expect(after.fingerprint).toBe(begun.next?.fingerprint)
  expect(after.former).toMatchObject([{ fingerprint: before.fingerprint, how: 'retired' }])
  await vi.waitFor(async () => expect(await tie()).toBe('connected'), patience)

  const { items } = await keys.rotateSigningKey({ body: { reason: 'diễn tập' } })
  expect(items.map(({ how }) => how)).toEqual([null, 'rotated'])

  const { items: stations } = await centre.list({ query: { filter: 'local:false' } })
  const [station] = stations
  if (!station) throw new Error('no station at the centre')
  const params = { id: station.id }
  await centre.revoke({ params, body: { reason: 'máy bị mất trộm' } })
  await vi.waitFor(async () => expect(await tie()).toBe('revoked'), patience)

  const { file, fingerprint } = await below.api(joinFileApi).ask({ body: {} })
  const files = network.centre.api(joinFileApi)
  const { organisation_id } = station
  const pending = await files.receive({ body: { organisation_id, file: { ...file } } })
  expect(pending).toMatchObject({ id: station.id, state: 'pending', fingerprint })
  expect((await centre.approve({ params })).asked_by_file).toBe(true)
  const answer = await files.answer({ params })
  expect(answer.authority).toBe(after.fingerprint)
  await below.api(joinFileApi).apply({
    body: { file: { ...answer.file }, authority: answer.authority },
  })
  await vi.waitFor(async () => {
    expect((await centre.get({ params })).state).toBe('connected')
    expect(await tie()).toBe('connected')
  }, patience)
})
