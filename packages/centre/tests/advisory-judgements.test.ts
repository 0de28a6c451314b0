import { expect, test } from 'vitest'
import { author, content, ministry } from './advising.ts'
import { say, twoNodes } from './advisory-nodes.ts'
import { ministryOrg } from './doing.ts'

test('a judgement that crosses a new answer moves nothing below', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.publish()
  await carry('parent')
  await say(child, id, 'affected')
  await carry('child')
  const judge = { organisation_id: ministryOrg, verdict: 'returned', note: 'xem lại' } as const
  await parent.advisories.judge(author, id, judge)
  await say(child, id, 'patched')
  await carry('parent')
  expect((await child.advisories.get(ministry, id)).own?.step).toBe('remediated')
  await carry('child')
  expect((await parent.advisories.ladder(author, id, ministryOrg)).step).toBe('remediated')
})

test('a judgement is about the answer that was judged, whatever came before it was sent, and of the version in force', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.publish()
  await carry('parent')
  await say(child, id, 'affected')
  await carry('child')
  const judge = { organisation_id: ministryOrg, verdict: 'verified', note: '' } as const
  await parent.advisories.judge(author, id, judge)
  await say(child, id, 'need_help', 1, 'không vá được')
  await carry('child')
  expect(await carry('parent')).toEqual(['advisory.verified'])
  expect((await child.advisories.get(ministry, id)).own).toMatchObject({
    step: 'assessed',
    assessment: 'need_help',
    verified_at: null,
  })
})

test('an answer to a version that was replaced is never what is judged', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.publish()
  await carry('parent')
  await say(child, id, 'affected')
  const late = (await nodes.written('child')).at(-1)
  await parent.drafts.revise(author, id)
  const { revision } = await parent.drafts.change(author, id, {
    revision: 1,
    change_note: 'rõ hơn',
    content: { ...content, severity: 'low' },
  })
  await parent.publishing.publish(author, id, await parent.approved(id, revision))
  await carry('parent')
  await say(child, id, 'patched', 2)
  await carry('child')
  if (late) await nodes.deliver('child', { ...late, id: 'late' })
  const judge = { organisation_id: ministryOrg, verdict: 'verified', note: '' } as const
  await parent.advisories.judge(author, id, judge)
  await carry('parent')
  expect((await child.advisories.get(ministry, id)).own?.step).toBe('verified')
})
