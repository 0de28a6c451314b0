import { Answer, type SeriousTest, suggestedGrade } from '@haidang/contracts/classification'
import { IncidentDraft, IncidentType } from '@haidang/contracts/incident'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { browser } from './browser.ts'
import { caller, centreOrg, doing, ministryOrg } from './doing.ts'

type Node = Awaited<ReturnType<typeof doing>>

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const draft = IncidentDraft.parse({
  title: 'Thư giả mạo',
  type: 'SPOOF',
  organisation_id: ministryOrg,
})

async function open(node: Node, change: Partial<IncidentDraft> = {}) {
  return node.incidents.open(watch, { ...draft, ...change })
}

/** Says in which system of the register an incident lies. */
async function liesIn(node: Node, id: string, level: number, importance: readonly string[] = []) {
  node.systems.set('sys_a', { id: 'sys_a', name: 'Cổng dịch vụ', level, importance })
  await node.database.asOwner(`update incident set system_id = 'sys_a' where id = '${id}'`)
}

async function rulesDue(node: Node, id: string) {
  const { items } = await node.due.deadlines.list(watch, { limit: 50, filter: `subject:${id}` })
  return items.map(({ rule, state, simulated }) => ({ rule: rule?.id, state, simulated }))
}

test('every national type leads to a type of the taxonomy, kept when somebody chose another', async () => {
  await using node = await doing()
  for (const type of IncidentType.options) {
    const { rsit } = await open(node, { type })
    expect(rsit).toMatch(/^[a-z-]+\/[a-z0-9-]+$/)
  }
  const { id, rsit } = await open(node)
  expect(rsit).toBe('fraud/phishing')
  expect(await node.incidents.update(watch, id, { type: 'DOS' })).toMatchObject({
    type: 'DOS',
    rsit: 'availability/dos',
  })
  await node.incidents.update(watch, id, { rsit: 'availability/ddos' })
  expect(await node.incidents.update(watch, id, { type: 'SPY' })).toMatchObject({
    type: 'SPY',
    rsit: 'availability/ddos',
  })
  await expect(node.incidents.update(watch, id, { rsit: 'fraud/ghost' })).rejects.toMatchObject({
    code: 'request.invalid',
    errors: [{ field: 'rsit' }],
  })
})

test('lists find incidents by what they are, and exercises are counted in no real figure', async () => {
  await using node = await doing()
  const real = await open(node, { cause: 'ATTACK', impact: 'severe', kind: 'near_miss' })
  const practice = await open(node, { exercise: true })
  const ids = async (filter: string) =>
    (await node.incidents.list(watch, { limit: 10, filter })).items.map(({ id }) => id)
  const finds = 'kind:near_miss cause:ATTACK impact:severe rsit:"fraud/phishing" exercise:false'
  expect(await ids(finds)).toEqual([real.id])
  expect(await ids('exercise:true')).toEqual([practice.id])
  const seen = await node.database.transact(watch.scope, (tx) => node.incidents.overview(tx))
  expect(seen.open_incident_count).toBe(1)
  expect(seen.open_incidents.map(({ id }) => id)).toEqual([real.id])
  expect(await rulesDue(node, practice.id)).toMatchObject([{ simulated: true }])
})

test('personal data touched starts the clock of its law, at the moment it became known', async () => {
  await using node = await doing()
  const { id } = await open(node)
  const before = await rulesDue(node, id)
  const personal_data = {
    categories: ['sensitive' as const],
    subjects: 1200,
    records: null,
    known_at: '2026-11-22T01:00:00Z',
  }
  await node.incidents.update(watch, id, { personal_data })
  const { items } = await node.due.deadlines.list(watch, { limit: 50, filter: `subject:${id}` })
  const added = items.filter(({ rule }) => !before.some((one) => one.rule === rule?.id))
  expect(added.map(({ due_at }) => due_at)).toContain('2026-11-25T01:00:00.000Z')
  const future = { ...personal_data, known_at: '2026-11-23T01:00:00Z' }
  await expect(node.incidents.update(watch, id, { personal_data: future })).rejects.toThrow(
    problem('request.invalid'),
  )
})

test('what is known answers the test of a serious incident; a person decides, and the deadlines follow', async () => {
  await using node = await doing()
  const { id, version } = await open(node, { impact: 'severe' })
  expect(await node.grades.grading(watch, id)).toMatchObject({
    system: null,
    severity: 'high',
    suggestion: 'undecided',
    last: null,
  })
  await liesIn(node, id, 4)
  const known = await node.grades.grading(watch, id)
  expect(known).toMatchObject({ severity: 'critical', suggestion: 'undecided' })
  expect(known.answers).toMatchObject({ 'level-4-or-5': 'yes', a1: 'unknown', b: 'unknown' })
  const decision = {
    grade: 'serious' as const,
    answers: { a1: 'yes' as const, b: 'yes' as const },
    reason: 'Cổng dịch vụ ngừng, đơn vị đề nghị hỗ trợ',
    version,
  }
  expect(await node.grades.decide(watch, browser, id, decision)).toMatchObject({ grade: 'serious' })
  expect(await node.grades.grading(watch, id)).toMatchObject({
    suggestion: 'serious',
    last: {
      grade: 'serious',
      suggestion: 'serious',
      decided_by: 'Nguyễn Thị Trực',
      rules: 'vn-2017.1',
      reason: decision.reason,
      answers: { 'level-4-or-5': 'yes', a1: 'yes', a2: 'unknown', b: 'yes' },
    },
  })
  expect((await rulesDue(node, id)).map(({ rule }) => rule)).toContain('2026.serious24h')
  expect(
    await node.database.transact(watch.scope, (tx) =>
      node.due.clocks.has(tx, id, 'incident.beyond-capability'),
    ),
  ).toBe(true)
  await expect(node.grades.decide(watch, browser, id, decision)).rejects.toThrow(
    problem('incident.changed-meanwhile'),
  )
})

test('a decision against the suggestion stands as decided; answers to nothing are refused', async () => {
  await using node = await doing()
  const { id, version } = await open(node)
  await liesIn(node, id, 2)
  const answers = { b: 'no' as const }
  const decision = { grade: 'serious' as const, answers, reason: 'theo chỉ đạo', version }
  await node.grades.decide(watch, browser, id, decision)
  expect((await node.grades.grading(watch, id)).last).toMatchObject({
    grade: 'serious',
    suggestion: 'ordinary',
  })
  const key = { ...watch, person_id: null }
  const again = { ...decision, version: version + 1 }
  await expect(node.grades.decide(key, browser, id, again)).rejects.toThrow(
    problem('incident.person-needed'),
  )
  const ghost = { ...decision, answers: { ghost: 'yes' as const }, version: version + 1 }
  await expect(node.grades.decide(watch, browser, id, ghost)).rejects.toThrow(
    problem('request.invalid'),
  )
})

test('the suggestion says serious only where all conditions hold, and ordinary only where one cannot', () => {
  const criterion = (id: string) => ({ id, name: { vi: id, en: id }, known: null })
  const test: SeriousTest = {
    clause: 'x',
    conditions: ['m', 'n', 'o'].map((id) => ({
      id,
      name: { vi: id, en: id },
      any: [criterion(`${id}1`), criterion(`${id}2`)],
    })),
  }
  const ids = test.conditions.flatMap(({ any }) => any.map(({ id }) => id))
  const answer = fc.constantFrom(...Answer.options)
  fc.assert(
    fc.property(fc.tuple(...ids.map(() => answer)), (given) => {
      const answers = Object.fromEntries(ids.map((id, n) => [id, given[n] ?? 'unknown']))
      // Every way the unknown could turn out.
      const open = ids.filter((id) => answers[id] === 'unknown')
      const ends = Array.from({ length: 2 ** open.length }, (_, bits) => {
        const full: Record<string, string> = { ...answers }
        open.forEach((id, n) => {
          full[id] = (bits >> n) & 1 ? 'yes' : 'no'
        })
        return ['m', 'n', 'o'].every((id) => full[`${id}1`] === 'yes' || full[`${id}2`] === 'yes')
      })
      const expected = ends.every(Boolean)
        ? 'serious'
        : ends.some(Boolean)
          ? 'undecided'
          : 'ordinary'
      expect(suggestedGrade(test, answers)).toBe(expected)
    }),
  )
})
