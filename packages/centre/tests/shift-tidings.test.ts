import { createClient } from '@haidang/contracts/client'
import { notificationApi } from '@haidang/contracts/notification-api'
import { shiftApi, shiftSwapApi } from '@haidang/contracts/shift-api'
import { expect, test } from 'vitest'
import { shiftAt } from './access-shift.ts'
import { approving, type Signed } from './approving.ts'

const told = async (who: Signed) =>
  (await who.api(notificationApi).list({ query: {} })).items
    .filter(({ kind }) => kind.startsWith('shift-'))
    .map(({ title }) => title)

test('who has a shift, has it no more or is asked to stand one is told; who did it is not', async () => {
  await using of = await approving()
  const { home } = of
  const an = await of.add('An trực', 'an.truc@tt.example', 'watch-officer')
  const binh = await of.add('Bình trực', 'binh.truc@tt.example', 'watch-officer')
  const roster = createClient(shiftApi, of.local)
  const body = { organisation_id: home, ...shiftAt(1), name: 'Ca sáng', officer_id: an.id }
  const { id } = await roster.add({ body })
  await expect.poll(() => told(an)).toEqual(['Ca sáng: bạn có ca này'])
  // A note changes nothing of when and who.
  await roster.change({ params: { id }, body: { note: 'mang theo khóa' } })
  await roster.change({ params: { id }, body: { member_ids: [binh.id] } })
  await expect.poll(() => told(binh)).toEqual(['Ca sáng: bạn có ca này'])
  expect(await told(an)).toHaveLength(1)
  await roster.change({ params: { id }, body: { member_ids: [] } })
  await expect.poll(() => told(binh)).toContain('Ca sáng: bạn không còn ca này')
  const swaps = an.api(shiftSwapApi)
  const swap = await swaps.ask({ body: { shift_id: id, to_id: binh.id, reason: 'việc nhà' } })
  await expect.poll(() => told(binh)).toContain('An trực nhờ bạn trực Ca sáng')
  await binh.api(shiftSwapApi).decide({ params: { id: swap.id }, body: { state: 'declined' } })
  await expect.poll(() => told(an)).toHaveLength(2)
  expect((await told(an))[0]).toMatch(/^Đổi ca Ca sáng: /)
})
