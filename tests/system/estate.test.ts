import { estateApi } from '@haidang/contracts/estate-api'
import { stationApi } from '@haidang/contracts/station-api'
import { expect, test } from 'vitest'
import { EstateRun } from './harness/estate-run.ts'
import { until } from './harness/until.ts'

// The short form of tests/prove/estate.proof.ts.
test('twenty stations beat and send alerts: nothing is lost, and who is revoked is cut off at once', {
  timeout: 120_000,
}, async () => {
  await using run = await EstateRun.start({
    stations: 20,
    seconds: 1,
    beatSeconds: 1,
    alertsEach: 5,
    say: () => undefined,
  })
  await run.join()
  run.beat()
  await run.alert()
  expect(await run.verify()).toBe(100)
  expect(await run.pageTime()).toBeLessThanOrEqual(300)

  const { centre, stations } = run
  const api = centre.api(stationApi)
  const { items } = await api.list({ query: { limit: 100 } })
  const [lost] = stations
  const row = items.find(({ node_id }) => node_id === lost?.nodeId)
  if (!row || !lost) throw new Error('a station is not listed')
  await api.revoke({ params: { id: row.id }, body: { reason: 'máy bị mất trộm' } })
  // Its long polls were open for half a minute to come.
  await until('its connections to end', 5_000, () => lost.refused !== undefined)
  expect(lost.refused).toContain('máy bị mất trộm')
  await expect(lost.alert(1)).rejects.toMatchObject({ code: 'link.certificate-refused' })
  const { items: after } = await centre.api(estateApi).list({ query: { filter: 'state:revoked' } })
  expect(after.map(({ id }) => id)).toEqual([row.id])
})
