import type { ApprovalPolicyDraft } from '@haidang/contracts/approval'
import { approvalApi } from '@haidang/contracts/approval-api'
import { expertApi } from '@haidang/contracts/expert-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemApi } from '@haidang/contracts/system-api'
import { systemImportApi } from '@haidang/contracts/system-import'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExpert } from './access-expert.ts'
import { type Approving, approving, type Signed } from './approving.ts'

let on: Approving
beforeAll(async () => {
  on = await approving()
}, 60_000)
afterAll(() => on?.[Symbol.asyncDispose]())

const refused = (code: string) =>
  expect.objectContaining({ message: expect.stringContaining(`"${code}"`) })

const policyOf = async (who: Signed, change: Partial<ApprovalPolicyDraft['rules'][number]>) => {
  const { policy, newest } = await who.api(approvalApi).policy({})
  const rules = policy.rules.map((rule) =>
    rule.kind === (change.kind ?? 'journal.export') ? { ...rule, ...change } : rule,
  )
  return { rules, reason: 'thử nghiệm', based_on: newest }
}

test('one person makes the policy stricter; making it weaker takes two', async () => {
  const strict = await policyOf(on.an, { threshold: 5 })
  await on.an.api(approvalApi).changePolicy({ body: strict })
  const weak = await policyOf(on.an, { mode: 'never' })
  await expect(on.an.api(approvalApi).changePolicy({ body: weak })).rejects.toThrow(
    refused('approval.required'),
  )
  const loose = await policyOf(on.an, { kind: 'approval-policy.change', mode: 'never' })
  await expect(on.an.api(approvalApi).changePolicy({ body: loose })).rejects.toThrow(
    refused('approval.required'),
  )
  await expect(
    on.an.api(approvalApi).changePolicy({ body: { ...strict, based_on: 0 } }),
  ).rejects.toThrow(refused('approval.changed'))
  const asked = await on.an.api(approvalApi).ask({
    body: { act: { kind: 'approval-policy.change', payload: weak }, reason: 'kiểm toán ngoài' },
  })
  await on.approve(on.binh, asked.id)
  const { policy } = await on.an.api(approvalApi).policy({})
  expect(policy).toMatchObject({ version: 2, changed_by: 'An' })
  const back = await policyOf(on.an, { mode: 'when_possible', threshold: 5 })
  await on.an.api(approvalApi).changePolicy({ body: back })
})

test('an approved export is handed to who asked, for this very filter, and once', async () => {
  const journal = on.an.api(journalApi)
  const asked = { format: 'csv' as const, filter: 'type:order.issued or type:session.opened' }
  const wanted = { ...asked, filter: 'type:person.created or type:organisation.created' }
  await expect(journal.export({ query: wanted })).rejects.toThrow(refused('approval.required'))
  const { id } = await on.an.api(approvalApi).ask({
    body: { act: { kind: 'journal.export', payload: wanted }, reason: 'đoàn kiểm tra' },
  })
  await expect(journal.export({ query: { ...wanted, approval: id } })).rejects.toThrow(
    refused('approval.not-usable'),
  )
  expect(await on.approve(on.binh, id)).toMatchObject({ state: 'approved' })
  await expect(journal.export({ query: { ...asked, approval: id } })).rejects.toThrow(
    refused('approval.not-usable'),
  )
  await expect(
    on.binh.api(journalApi).export({ query: { ...wanted, approval: id } }),
  ).rejects.toThrow(refused('approval.not-usable'))
  expect(await journal.export({ query: { ...wanted, approval: id } })).toContain('person.created')
  await on.node.database.asOwner(
    `update approval_request set done_at = now() - interval '1 hour' where id = $1`,
    [id],
  )
  await expect(journal.export({ query: { ...wanted, approval: id } })).rejects.toThrow(
    refused('approval.not-usable'),
  )
})

test('the register of information systems is handed out whole only with a second person', async () => {
  const tight = await policyOf(on.an, { kind: 'system.export', mode: 'always', threshold: null })
  await on.an.api(approvalApi).changePolicy({ body: tight })
  const systems = on.an.api(systemImportApi)
  const wanted = { format: 'csv' as const }
  const { items } = await on.an.api(organisationApi).list({ query: { limit: 1 } })
  await on.an.api(systemApi).create({
    body: { organisation_id: items[0]?.id ?? '', code: 'HT.MAT', name: 'Hệ thống Thử', level: 3 },
  })
  await expect(systems.export({ query: wanted })).rejects.toThrow(refused('approval.required'))
  const { id } = await on.an.api(approvalApi).ask({
    body: { act: { kind: 'system.export', payload: wanted }, reason: 'đoàn kiểm tra' },
  })
  await on.approve(on.binh, id)
  expect(await systems.export({ query: { ...wanted, approval: id } })).toContain('HT.MAT')
})

test('the roster of experts is handed out from the policy’s size on only with a second person', async () => {
  const tight = await policyOf(on.an, { kind: 'expert.export', mode: 'always', threshold: 2 })
  await on.an.api(approvalApi).changePolicy({ body: tight })
  const experts = on.an.api(expertApi)
  const wanted = { format: 'csv' as const, filter: 'name:"Chuyên gia 1"' }
  for (const n of [1, 2]) await addExpert(on.local, on.home, n)
  // One name is below the size; the whole roster is not.
  expect(await experts.export({ query: wanted })).toContain('Chuyên gia 1')
  const whole = { format: 'csv' as const }
  await expect(experts.export({ query: whole })).rejects.toThrow(refused('approval.required'))
  const { id } = await on.an.api(approvalApi).ask({
    body: { act: { kind: 'expert.export', payload: whole }, reason: 'lập đội ứng cứu' },
  })
  await on.approve(on.binh, id)
  await expect(experts.export({ query: { ...wanted, approval: id } })).rejects.toThrow(
    refused('approval.not-usable'),
  )
  expect(await experts.export({ query: { ...whole, approval: id } })).toContain('Chuyên gia 2')
})
