import { createClient } from '@haidang/contracts/client'
import { setupApi } from '@haidang/contracts/person-api'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ruleText } from './access-drafts.ts'
import { keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode } from './centre-node.ts'

let node: CentreNode
let home: string
const secrets = { author: '', reviewer: '', officer: '' }

beforeAll(async () => {
  node = await centreNode()
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'A', email: 'a@tt.example', password },
    },
  })
  home = (await node.home())?.id ?? ''
  secrets.author = await keyFor(node, home, 'analyst')
  secrets.reviewer = await keyFor(node, home, 'analyst')
  secrets.officer = await keyFor(node, home, 'coordinator')
}, 60_000)
afterAll(() => node?.[Symbol.asyncDispose]())

const library = (who: keyof typeof secrets = 'author') =>
  createClient(ruleLibraryApi, senderOf(node, secrets[who]))
const sets = () => createClient(ruleSetApi, senderOf(node, secrets.officer))
const document = (n: number, change = '') => ({ path: `luat-${n}.yml`, text: ruleText(n, change) })

async function imported(n: number): Promise<string> {
  const { rules } = await library().import({ body: { documents: [document(n)] } })
  return rules[0] ?? ''
}

async function approved(n: number): Promise<string> {
  const id = await imported(n)
  await library().submit({ params: { id } })
  await library('reviewer').review({ params: { id }, body: { version: 1, verdict: 'approved' } })
  return id
}

const refused = (code: string) =>
  expect.objectContaining({ message: expect.stringContaining(code) })

test('the same text again changes nothing; another is a new version and a draft again', async () => {
  const id = await approved(1)
  const again = await library().import({ body: { documents: [document(1)] } })
  expect(again).toMatchObject({ created: 0, changed: 0, unchanged: 1 })
  const other = await library().import({ body: { documents: [document(1, ' sửa')] } })
  expect(other).toMatchObject({ created: 0, changed: 1, rules: [id] })
  const rule = await library().get({ params: { id } })
  expect(rule).toMatchObject({ status: 'draft', version: 2, approved_version: 1 })
  expect(rule.versions.map(({ version, verdict }) => [version, verdict])).toEqual([
    [2, null],
    [1, 'approved'],
  ])
})

test('one bad file stops no other, and an id twice in one import counts once', async () => {
  const documents = [document(2), { path: 'x.yml', text: 'title: [' }, document(2, ' lần hai')]
  const report = await library().import({ body: { documents } })
  expect(report).toMatchObject({ created: 1, refused: 2 })
  const errors = report.problems.filter(({ level }) => level === 'error')
  expect(errors.map(({ path }) => path)).toEqual(['x.yml', 'luat-2.yml'])
})

test('four eyes: nobody reviews their own text, and nobody a text they have not read', async () => {
  const id = await imported(3)
  const params = { id }
  const approve = { version: 1, verdict: 'approved' as const }
  await expect(library('reviewer').review({ params, body: approve })).rejects.toThrow(
    refused('rule.illegal-step'),
  )
  await library().submit({ params })
  await expect(library().review({ params, body: approve })).rejects.toThrow(
    refused('rule.own-review'),
  )
  await library().revise({ params, body: { text: ruleText(3, ' mới') } })
  await library().submit({ params })
  await expect(library('reviewer').review({ params, body: approve })).rejects.toThrow(
    refused('rule.changed-meanwhile'),
  )
  await expect(
    node.database.asOwner(
      `update library_rule_version set verdict = 'approved', reviewer_id = author_id where rule_id = $1`,
      [id],
    ),
  ).rejects.toThrow(/check/)
})

test('many are handed over and approved at once; what may not be is named and stops no other', async () => {
  const ids = [await imported(21), await approved(22), await imported(23)]
  expect(await library().submitMany({ body: { ids } })).toEqual({
    done: 2,
    refused: [{ position: 1, code: 'rule.illegal-step' }],
  })
  const reviews = ids.map((id) => ({ id, version: 1 }))
  const body = { reviews, verdict: 'approved' as const }
  const own = await library().reviewMany({ body })
  expect(own.refused.map(({ code }) => code)).toContain('rule.own-review')
  expect((await library('reviewer').reviewMany({ body })).done).toBe(2)
  const { items } = await library().list({ query: { filter: 'status:approved' } })
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
})

test('a text with an error does not become a version', async () => {
  const id = await imported(4)
  const revise = (text: string) => library().revise({ params: { id }, body: { text } })
  await expect(revise('title: [')).rejects.toThrow(refused('rule.invalid'))
  await expect(revise(ruleText(5))).rejects.toThrow(refused('rule.invalid'))
  expect((await library().get({ params: { id } })).version).toBe(1)
})

test('a set holds what is approved and tuned, is signed, and is not published twice', async () => {
  const id = await approved(6)
  await imported(7)
  const tune = (selection: string) =>
    library().tune({
      params: { id },
      body: {
        selection,
        reason: 'máy sao lưu',
        expires_at: new Date(node.clock.now() + 3_600_000).toISOString(),
      },
    })
  await expect(tune('user|nichts: x')).rejects.toThrow(refused('rule.invalid'))
  await expect(tune('user: x\n  condition: all')).rejects.toThrow(refused('rule.invalid'))
  const tuning = await tune('user: backup')
  const lint = await library().lint({
    body: { documents: [document(6), { path: 't.yml', text: tuning.text }] },
  })
  expect(lint.rules).toBe(2)

  const first = await sets().publish({ body: { note: 'một' } })
  expect(first).toMatchObject({ tunings: 1, ring: null, signature: expect.stringMatching(/\.\./) })
  await expect(sets().publish({ body: {} })).rejects.toThrow(refused('rule-set.unchanged'))
  const rule = await library().get({ params: { id } })
  expect(rule).toMatchObject({ status: 'published', published_version: 1 })
  const full = await sets().get({ params: { number: first.number } })
  expect(full.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([`rules/${id}.yml`, `tunings/${tuning.id}.yml`]),
  )

  await library('officer').withdraw({ params: { id }, body: { reason: 'quá ồn' } })
  await library().endTuning({ params: { id: tuning.id }, body: { reason: 'hết cần' } })
  const second = await sets().publish({ body: {} })
  expect(await sets().get({ params: { number: second.number } })).toMatchObject({
    removed: [`rules/${id}.yml`, `tunings/${tuning.id}.yml`],
    tunings: 0,
  })

  await sets().rollOut({ params: { number: second.number }, body: { ring: 'early' } })
  await expect(
    sets().rollOut({ params: { number: first.number }, body: { ring: 'early' } }),
  ).rejects.toThrow(refused('rule-set.illegal-step'))
  const back = await sets().rollBack({
    params: { number: first.number },
    body: { reason: 'sót' },
  })
  expect(back).toMatchObject({
    number: second.number + 1,
    restores: first.number,
    ring: 'general',
    hash: first.hash,
  })
})

test('coverage and statistics speak of every rule that is not withdrawn', async () => {
  const coverage = await library().coverage({})
  const named = coverage.techniques.filter(({ rules }) => rules.length > 0)
  expect(named.map(({ id, name }) => [id, name])).toEqual([['T1059.001', 'PowerShell']])
  expect(coverage.tactics.filter(({ rules }) => rules > 0)).toMatchObject([{ key: 'execution' }])
  expect(coverage.rules.some(({ ring }) => ring === 'general')).toBe(true)
  const { items } = await library().statistics({ query: { days: 7 } })
  expect(items.length).toBe(named[0]?.rules.length)
  expect(items[0]).toMatchObject({ cost_us: null, cost_share: null })
})

test('an author publishes nothing', async () => {
  const own = createClient(ruleSetApi, senderOf(node, secrets.author))
  await expect(own.publish({ body: {} })).rejects.toThrow(refused('permission.missing'))
})
