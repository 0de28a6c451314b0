import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import {
  addressees,
  advising,
  author,
  content,
  ministry,
  province,
  reviewer,
  someone,
} from './advising.ts'
import { centreOrg, ministryOrg, moreOrganisations, provinceOrg } from './doing.ts'

const problem = (code: string) => expect.objectContaining({ code })

test('a draft is published only after somebody who wrote nothing in it approved what stands there', async () => {
  await using node = await advising()
  const { drafts, publishing } = node
  const { id, number } = await drafts.create(author, { content, addressees })
  expect(number).toBeNull()
  await expect(publishing.publish(author, id, 1)).rejects.toThrow(problem('advisory.illegal-stage'))
  await drafts.submit(author, id, 1)
  const approve = { revision: 2, verdict: 'approved', note: '' } as const
  await expect(drafts.review(author, id, approve)).rejects.toThrow(problem('advisory.own'))
  await drafts.review(reviewer, id, approve)
  const changed = await drafts.change(reviewer, id, { revision: 3, change_note: 'sửa chữ' })
  expect(changed).toMatchObject({ stage: 'draft', revision: 4, own: true })
  await expect(publishing.publish(author, id, 3)).rejects.toThrow(problem('advisory.moved-on'))
  await drafts.submit(author, id, 4)
  await expect(drafts.review(reviewer, id, { ...approve, revision: 5 })).rejects.toThrow(
    problem('advisory.own'),
  )
  const third = someone(centreOrg, 'all')
  const returned = { revision: 5, verdict: 'returned', note: '' } as const
  await expect(drafts.review(third, id, returned)).rejects.toThrow(
    problem('advisory.reason-required'),
  )
  await drafts.review(third, id, { ...approve, revision: 5 })
  expect(await publishing.publish(author, id, 6)).toMatchObject({
    number: 'CBR-2026-0001',
    version: 1,
    tally: { addressees: 2, silent: 2 },
  })
  await expect(drafts.get(author, id)).rejects.toThrow(problem('advisory.not-found'))
})

test('an addressee reads its own lines only, whatever it asks for', async () => {
  await using node = await advising()
  const { id } = await node.publish()
  const seen = await node.advisories.get(ministry, id)
  expect(seen).toMatchObject({ mine: 'addressee', tally: { addressees: 1 } })
  expect(seen.own?.details).toEqual(['192.0.2.10 2026-11-20 cổng 443'])
  expect(JSON.stringify(seen)).not.toContain('198.51.100.4')
  const lines = await node.advisories.addressees(ministry, id, { limit: 50 })
  expect(lines.items.map(({ organisation_id }) => organisation_id)).toEqual([ministryOrg])
  await expect(node.advisories.ladder(ministry, id, provinceOrg)).rejects.toThrow(
    problem('advisory.not-found'),
  )
  const sheet = await node.advisories.sheet(ministry, id, { format: 'csv' })
  expect(Buffer.from(sheet).toString()).not.toContain('Tỉnh Ví dụ')
  for (const table of ['advisory_addressee', 'advisory_entry', 'advisory_draft', 'journal']) {
    const { rows } = await node.database.transact(ministry.scope, (tx) =>
      tx.execute<{ text: string }>(sql`select t::text as text from ${sql.identifier(table)} t`),
    )
    expect(rows.filter(({ text }) => text.includes(provinceOrg))).toEqual([])
    expect(rows.filter(({ text }) => text.includes('198.51.100.4'))).toEqual([])
  }
  const stranger = someone(moreOrganisations(1)[0] ?? '', ['org_x'])
  await expect(node.advisories.get(stranger, id)).rejects.toThrow(problem('advisory.not-found'))
  expect((await node.advisories.list(stranger, { limit: 10 })).items).toEqual([])
  await expect(
    node.advisories.answer(stranger, id, {
      assessment: 'patched',
      note: '',
      version: 1,
      systems: [],
    }),
  ).rejects.toThrow(problem('advisory.not-found'))
})

test('every answer climbs the ladder once; help is asked for with words; the issuer checks or returns', async () => {
  await using node = await advising()
  const { id } = await node.publish()
  const say = (assessment: 'affected' | 'need_help' | 'patched' | null, note = '') =>
    node.advisories.answer(ministry, id, { assessment, note, version: 1, systems: [] })
  await say(null)
  await say(null)
  await expect(say('need_help')).rejects.toThrow(problem('advisory.note-required'))
  await say('need_help', 'không có người vá')
  await say('patched')
  await say('patched')
  const judge = (verdict: 'verified' | 'returned', note = '') =>
    node.advisories.judge(author, id, { organisation_id: ministryOrg, verdict, note })
  await expect(judge('returned')).rejects.toThrow(problem('advisory.reason-required'))
  await judge('returned', 'máy dự phòng vẫn còn')
  expect(await node.advisories.remediation(author, id)).toMatchObject({
    items: [{ organisation_kind: 'ministry', tally: { silent: 2, settled: 0 } }],
  })
  await say('patched', 'đã vá cả máy dự phòng')
  await judge('verified')
  const { entries, ...ladder } = await node.advisories.ladder(author, id, ministryOrg)
  expect(entries.map(({ step }) => step)).toEqual([
    'delivered',
    'read',
    'assessed',
    'remediated',
    'returned',
    'remediated',
    'verified',
  ])
  expect(ladder).toMatchObject({ step: 'verified', assessment: 'patched' })
  await expect(
    node.advisories.judge(author, id, {
      organisation_id: provinceOrg,
      verdict: 'verified',
      note: '',
    }),
  ).rejects.toThrow(problem('advisory.illegal-step'))
  await expect(
    node.advisories.judge(ministry, id, {
      organisation_id: ministryOrg,
      verdict: 'verified',
      note: '',
    }),
  ).rejects.toThrow(problem('advisory.not-yours'))
})

test('a new version is told to whom it says something new, and to nobody twice', async () => {
  await using node = await advising()
  const { id } = await node.publish()
  await node.advisories.answer(ministry, id, {
    assessment: 'patched',
    note: '',
    version: 1,
    systems: [],
  })
  await node.advisories.answer(province, id, {
    assessment: 'not_affected',
    note: '',
    version: 1,
    systems: [],
  })
  const revise = async (change: Parameters<typeof node.drafts.change>[2]) => {
    await node.drafts.revise(author, id)
    const { revision } = await node.drafts.change(author, id, change)
    return node.publishing.publish(author, id, await node.approved(id, revision))
  }
  const first = addressees.slice(0, 1)
  await node.drafts.revise(author, id)
  await expect(node.drafts.revise(author, id)).rejects.toThrow(problem('advisory.draft-open'))
  await expect(node.drafts.submit(author, id, 1)).rejects.toThrow(
    problem('advisory.change-note-missing'),
  )
  await node.drafts.change(author, id, { revision: 1, change_note: 'bớt', addressees: first })
  await expect(node.drafts.submit(author, id, 2)).rejects.toThrow(
    problem('advisory.addressee-dropped'),
  )
  await node.drafts.discard(author, id)
  await expect(revise({ revision: 1, change_note: 'không đổi gì' })).rejects.toThrow(
    problem('advisory.unchanged'),
  )
  await node.drafts.discard(author, id)
  const more = [addressees[0], { organisation_id: provinceOrg, details: ['198.51.100.9'] }]
  const second = await revise({
    revision: 1,
    change_note: 'thêm một địa chỉ của Tỉnh',
    addressees: more.flatMap((one) => (one ? [one] : [])),
  })
  expect(second).toMatchObject({ version: 2, tally: { silent: 1, settled: 1 } })
  expect((await node.advisories.get(ministry, id)).own).toMatchObject({ step: 'remediated' })
  await expect(
    node.advisories.answer(province, id, {
      assessment: 'patched',
      note: '',
      version: 1,
      systems: [],
    }),
  ).rejects.toThrow(problem('advisory.replaced'))
  const { rows } = await node.database.asOwner(
    `select organisation_id, count(*)::int as told from advisory_entry
     where step = 'delivered' group by 1 order by 2`,
  )
  expect(rows).toEqual([
    { organisation_id: ministryOrg, told: 1 },
    { organisation_id: provinceOrg, told: 2 },
  ])
  const { items } = await node.advisories.versions(ministry, id)
  expect(items.map(({ version, change_note }) => [version, change_note])).toEqual([
    [2, 'thêm một địa chỉ của Tỉnh'],
    [1, ''],
  ])
})

test('who does not answer in time is late once and found among the silent; a cancelled one takes no answer', async () => {
  await using node = await advising()
  const { id } = await node.publish()
  expect(await node.late()).toBe(0)
  node.clock.advance(3 * 3_600_000)
  await node.advisories.answer(ministry, id, {
    assessment: 'affected',
    note: '',
    version: 1,
    systems: [],
  })
  expect(await node.late()).toBe(1)
  expect(await node.late()).toBe(0)
  const silent = await node.advisories.addressees(author, id, { limit: 10, filter: 'silent:true' })
  expect(silent).toMatchObject({
    total: 1,
    items: [{ organisation_id: provinceOrg, overdue: true }],
  })
  await node.advisories.cancel(author, id, 'nhầm sản phẩm')
  await expect(
    node.advisories.answer(province, id, {
      assessment: 'patched',
      note: '',
      version: 1,
      systems: [],
    }),
  ).rejects.toThrow(problem('advisory.cancelled'))
  await expect(node.drafts.revise(author, id)).rejects.toThrow(problem('advisory.cancelled'))
})

test('many are told in portions, each once, after a stop too', async () => {
  await using node = await advising()
  const many = moreOrganisations(450).map((organisation_id) => ({ organisation_id, details: [] }))
  const { id, tally } = await node.publish({ kind: 'advisory', answer_due_at: null }, many)
  expect(tally).toMatchObject({ addressees: 450, undelivered: 250 })
  while ((await node.publishing.deliver()) > 0);
  expect((await node.advisories.get(author, id)).tally).toMatchObject({ undelivered: 0 })
  const { rows } = await node.database.asOwner(
    `select count(*)::int as entries, count(distinct organisation_id)::int as told from advisory_entry`,
  )
  expect(rows).toEqual([{ entries: 450, told: 450 }])
})

test('what is cancelled is told to nobody who was not told of it', async () => {
  await using node = await advising()
  const many = moreOrganisations(250).map((organisation_id) => ({ organisation_id, details: [] }))
  const { id } = await node.publish({ kind: 'advisory', answer_due_at: null }, many)
  await node.advisories.cancel(author, id, 'nhầm sản phẩm')
  expect(await node.publishing.deliver()).toBe(0)
  const told = await node.database.transact(systemScope, (tx) => node.ladders.told(tx, id, '', 500))
  expect(told).toHaveLength(200)
  const behind = await node.database.transact(systemScope, (tx) =>
    node.ladders.told(tx, id, told[9]?.organisation_id ?? '', 5),
  )
  expect(behind).toEqual(told.slice(10, 15))
})

test('how many gave an answer is how many its filter finds, those apart whose answer was returned', async () => {
  await using node = await advising()
  const { id } = await node.publish()
  const affected = { assessment: 'affected' as const, note: '', version: 1, systems: [] }
  await node.advisories.answer(ministry, id, affected)
  await node.advisories.answer(province, id, affected)
  const judge = { organisation_id: ministryOrg, verdict: 'returned', note: 'nêu rõ máy' } as const
  await node.advisories.judge(author, id, judge)
  const filter = 'assessment:affected and silent:false'
  const { items } = await node.advisories.addressees(author, id, { limit: 10, filter })
  expect(items.map(({ organisation_id }) => organisation_id)).toEqual([provinceOrg])
  expect((await node.advisories.get(author, id)).tally.assessments).toEqual({ affected: 1 })
})
