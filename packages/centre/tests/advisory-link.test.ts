import { isCsafSent } from '@haidang/contracts/advisory-envelope'
import type { Envelope } from '@haidang/contracts/link'
import { expect, test } from 'vitest'
import { addressees, author, ministry, province } from './advising.ts'
import { say, stepsOf, twoNodes } from './advisory-nodes.ts'
import { centreOrg, ministryOrg, provinceOrg } from './doing.ts'

const problem = (code: string) => expect.objectContaining({ code })

test('a warning goes to the node of its addressee with its own lines only, is answered there, and the answer judged', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id, tally } = await parent.publish()
  expect(tally).toMatchObject({ addressees: 2, undelivered: 1, silent: 1 })
  expect(await parent.publishing.deliver()).toBe(0)
  const [letter] = await nodes.written('parent')
  expect(letter).toMatchObject({
    type: 'advisory.published',
    to: ministryOrg,
    data: { details: addressees[0]?.details, csaf: { document: 'csaf' } },
  })
  expect(JSON.stringify(letter)).not.toContain('198.51.100.4')
  for (const _ of ['once', 'again']) if (letter) await nodes.deliver('parent', letter)
  expect(await child.advisories.get(ministry, id)).toMatchObject({
    mine: 'addressee',
    issuer_id: centreOrg,
    own: { step: 'delivered', details: addressees[0]?.details },
  })
  expect(await carry('child')).toEqual(['advisory.received'])
  await say(child, id, null)
  const systems = [
    { name: 'Thư điện tử', assessment: 'patched' as const },
    { name: 'Cổng dịch vụ công', assessment: 'affected' as const },
  ]
  const both = { assessment: null, note: 'còn một máy', version: 1, systems }
  await child.advisories.answer(ministry, id, both)
  expect(await carry('child')).toEqual(['advisory.read', 'advisory.assessed'])
  expect(await parent.advisories.ladder(author, id, ministryOrg)).toMatchObject({
    step: 'assessed',
    assessment: 'affected',
    systems,
    over_link: true,
  })
  await say(child, id, 'patched')
  await carry('child')
  const judge = { organisation_id: ministryOrg, verdict: 'returned', note: 'máy dự phòng' } as const
  await parent.advisories.judge(author, id, judge)
  expect(await carry('parent')).toEqual(['advisory.returned'])
  expect((await child.advisories.get(ministry, id)).own?.step).toBe('returned')
  await say(child, id, 'patched', 1, 'cả máy dự phòng')
  await carry('child')
  await parent.advisories.judge(author, id, { ...judge, verdict: 'verified', note: '' })
  expect(await carry('parent')).toEqual(['advisory.verified'])
  expect(await stepsOf(child, ministry, id)).toEqual(await stepsOf(parent, author, id))
  expect([await carry('child'), await carry('parent')]).toEqual([[], []])
})

test('a new version goes only to nodes it says something new to; what was said of the old one is kept and moves nothing', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.publish()
  await carry('parent')
  await carry('child')
  const revise = async (details: string[], change_note: string, of: string) => {
    await parent.drafts.revise(author, id)
    const { addressees: told } = await parent.drafts.get(author, id)
    const changed = told.map(({ organisation_id, details: old }) => ({
      organisation_id,
      details: organisation_id === of ? details : old,
    }))
    const change = { revision: 1, change_note, addressees: changed }
    const { revision } = await parent.drafts.change(author, id, change)
    return parent.publishing.publish(author, id, await parent.approved(id, revision))
  }
  await revise(['198.51.100.9'], 'thêm một địa chỉ của Tỉnh', provinceOrg)
  expect(await carry('parent')).toEqual([])
  await revise(['192.0.2.99'], 'thêm một địa chỉ của Bộ', ministryOrg)
  await revise(['198.51.100.10'], 'thêm nữa cho Tỉnh', provinceOrg)
  await say(child, id, 'patched')
  expect(await carry('child')).toEqual(['advisory.remediated'])
  expect(await parent.advisories.ladder(author, id, ministryOrg)).toMatchObject({
    step: 'issued',
    version: 3,
    entries: [{ step: 'delivered' }, { step: 'remediated', version: 1 }],
  })
  expect(await carry('parent')).toEqual(['advisory.updated'])
  const below = await child.advisories.get(ministry, id)
  expect(below).toMatchObject({ version: 3, own: { step: 'delivered', details: ['192.0.2.99'] } })
  await expect(say(child, id, 'patched', 1)).rejects.toThrow(problem('advisory.replaced'))
  await carry('child')
  await say(child, id, 'not_affected', 3)
  await carry('child')
  expect((await parent.advisories.get(author, id)).tally.settled).toBe(1)
  await parent.advisories.cancel(author, id, 'nhầm sản phẩm')
  await say(child, id, 'patched', 3)
  await carry('child')
  expect(await carry('parent')).toEqual(['advisory.cancelled'])
  expect(await child.advisories.get(ministry, id)).toMatchObject({ state: 'cancelled' })
  const above = await parent.advisories.ladder(author, id, ministryOrg)
  expect(above).toMatchObject({ assessment: 'not_affected' })
  expect(above.entries.at(-1)).toMatchObject({ step: 'remediated', version: 3 })
  await expect(say(child, id, 'patched', 3)).rejects.toThrow(problem('advisory.cancelled'))
})

test('who has a node of its own answers there, and is not said to have read it elsewhere', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.publish()
  await carry('parent')
  for (const assessment of [null, 'patched'] as const) {
    await expect(say(parent, id, assessment)).rejects.toThrow(problem('advisory.not-yours'))
  }
  expect(await parent.advisories.get(ministry, id)).toMatchObject({
    remote: false,
    own: { over_link: true, read_at: null, assessment: null },
  })
  expect((await child.advisories.get(ministry, id)).remote).toBe(true)
})

test('a document too large to travel is left out, and refused where it comes', async () => {
  await using nodes = await twoNodes()
  const { parent, written, deliver } = nodes
  await parent.publish()
  const [letter] = await written('parent')
  const large = { ...(letter?.data as object), csaf: { notes: 'x'.repeat(2_000_001) } }
  if (!letter) throw new Error('what is published is sent')
  await expect(deliver('parent', { ...letter, data: large })).rejects.toThrow(
    problem('request.invalid'),
  )
  expect(isCsafSent(large.csaf)).toBe(false)
})

test('a node speaks for its own organisation only and takes no step of the issuer; who was told over the link cannot act as the issuer', async () => {
  await using nodes = await twoNodes()
  const { parent, child, carry } = nodes
  const { id } = await parent.publish()
  await carry('parent')
  await say(child, id, null)
  const [, read] = await nodes.written('child')
  if (!read) throw new Error('what was read is told')
  const entry = (read.data as { entry: object }).entry
  const forged = (change: Partial<Envelope>, step: object = {}) => ({
    ...read,
    data: { advisory_id: id, entry: { ...entry, ...step }, judged: null },
    ...change,
  })
  const assessed = { type: 'advisory.assessed' }
  for (const [envelope, code] of [
    [forged({ from: provinceOrg }), 'advisory.not-yours'],
    [forged({ type: 'advisory.verified' }, { step: 'verified' }), 'request.invalid'],
    [forged({ type: 'advisory.remediated' }), 'request.invalid'],
    [forged({}, { assessment: 'patched' }), 'request.invalid'],
    [forged({}, { version: 9 }), 'request.invalid'],
    [forged(assessed, { step: 'assessed', assessment: 'need_help' }), 'request.invalid'],
    [
      forged(assessed, {
        step: 'assessed',
        assessment: 'affected',
        systems: [{ name: 'Thư điện tử', assessment: 'need_help' }],
      }),
      'request.invalid',
    ],
  ] as const) {
    await expect(nodes.deliver('child', envelope)).rejects.toThrow(problem(code))
  }
  await expect(child.advisories.cancel(author, id, 'không có quyền')).rejects.toThrow(
    problem('advisory.not-yours'),
  )
  await expect(child.drafts.revise(author, id)).rejects.toThrow(problem('advisory.not-yours'))
  await expect(
    nodes.deliver('parent', { ...read, type: 'advisory.cancelled', from: provinceOrg }),
  ).rejects.toThrow(problem('advisory.not-yours'))
  await expect(child.advisories.get(province, id)).rejects.toThrow(problem('advisory.not-found'))
})
