import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { linkMigrations } from '@haidang/link/migrations'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import type { LinkMailbox } from '../src/letters.ts'
import { centreMigrations } from '../src/migrations.ts'
import { AddresseeStore } from '../src/modules/advisories/addressee-store.ts'
import { AdvisoryEnvelopes } from '../src/modules/advisories/advisory-envelopes.ts'
import { markOverdue } from '../src/modules/advisories/advisory-jobs.ts'
import { AdvisoryService } from '../src/modules/advisories/advisory-service.ts'
import { AdvisoryStore } from '../src/modules/advisories/advisory-store.ts'
import { AdvisoryView } from '../src/modules/advisories/advisory-view.ts'
import { DraftService } from '../src/modules/advisories/draft-service.ts'
import { DraftStore } from '../src/modules/advisories/draft-store.ts'
import { InboxService } from '../src/modules/advisories/inbox-service.ts'
import { PublishService } from '../src/modules/advisories/publish-service.ts'
import { caller, centreOrg, ministryOrg, provinceOrg } from './doing.ts'
import { numbersFor } from './numbers-for.ts'

const ids = idsFrom(new ManualClock('2026-01-02T00:00:00.000Z'))
/** Somebody else each time. */
export const someone = (organisation: string, organisations: 'all' | string[]): Caller => ({
  ...caller(organisation, { organisations }),
  person_id: ids('person'),
})
export const author = someone(centreOrg, 'all')
export const reviewer = someone(centreOrg, 'all')
export const ministry = someone(ministryOrg, [ministryOrg])
export const province = someone(provinceOrg, [provinceOrg])
const names = new Map([
  [centreOrg, 'Trung tâm quốc gia'],
  [ministryOrg, 'Bộ Ví dụ'],
  [provinceOrg, 'Tỉnh Ví dụ'],
])

/** A warning about a product, to be answered within two hours. */
export const content: AdvisoryContent = {
  kind: 'warning',
  tlp: 'amber',
  severity: 'critical',
  exercise: false,
  title: { vi: 'Lỗ hổng trong cổng thư điện tử', en: '' },
  summary: { vi: 'Kẻ tấn công thực thi mã từ xa', en: '' },
  action: { vi: 'Nâng lên bản 7.2.3', en: '' },
  cves: ['CVE-2026-10001'],
  products: [
    { vendor: 'Ví Dụ', name: 'Cổng thư', versions: '< 7.2.3', fixed: '7.2.3', cpe: '', purl: '' },
  ],
  remediations: [{ kind: 'vendor_fix', text: 'Bản 7.2.3', url: '' }],
  references: [],
  indicators: ['192.0.2.7'],
  answer_due_at: '2026-11-22T05:00:00.000Z',
}
export const addressees = [
  { organisation_id: ministryOrg, details: ['192.0.2.10 2026-11-20 cổng 443'] },
  { organisation_id: provinceOrg, details: ['198.51.100.4 2026-11-21 cổng 25'] },
]

const alone: LinkMailbox = {
  nodesOf: async () => new Map(),
  home: async () => centreOrg,
  parent: async () => undefined,
  toStation: async () => undefined,
  toParent: async () => undefined,
}

/** Advisories on a database of their own, with a clock set by hand. */
export async function advising(mailbox: LinkMailbox = alone) {
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const clock = new ManualClock('2026-11-22T03:00:00.000Z')
  const newId = idsFrom(clock)
  const journal = createJournal({ database, clock, newId })
  for (const [id, name] of names) {
    await database.asOwner(
      `insert into organisation (id, code, name, kind, home, simulated, created_at, updated_at)
       values ($1, $1, $2, 'ministry', $3, true, now(), now())`,
      [id, name, id === centreOrg],
    )
  }
  const pick = async (_: unknown, wanted: readonly string[]) =>
    new Map(wanted.map((id) => [id, names.get(id) ?? `Đơn vị ${id}`]))
  const numbers = await numbersFor(clock)
  const ladders = new AddresseeStore()
  const parts = {
    database,
    clock,
    newId,
    journal,
    ladders,
    numbers,
    drafts: new DraftStore(),
    store: new AdvisoryStore(),
    view: new AdvisoryView(ladders),
    names: { organisations: pick, sources: pick, people: pick, stations: pick },
    simulated: false,
    mailbox,
    nodes: mailbox,
    csaf: async () => ({ document: 'csaf' }),
    behind: async (_: unknown, { person_id }: Caller) => (person_id ? [person_id] : []),
    kinds: async (_: unknown, wanted: readonly string[]) =>
      new Map(wanted.map((id) => [id, 'ministry' as const])),
  }
  const drafts = new DraftService(parts)
  const publishing = new PublishService(parts)
  const advisories = new AdvisoryService(parts)
  /** Approved by somebody who did not write it. */
  const approved = async (id: string, revision: number) => {
    const { revision: submitted } = await drafts.submit(author, id, revision)
    const said = { revision: submitted, verdict: 'approved', note: '' } as const
    return (await drafts.review(reviewer, id, said)).revision
  }
  return {
    database,
    clock,
    inbox: new InboxService(parts),
    envelopes: new AdvisoryEnvelopes(parts),
    ladders,
    drafts,
    publishing,
    advisories,
    approved,
    late: () => markOverdue(parts),
    publish: async (change: Partial<AdvisoryContent> = {}, to = addressees) => {
      const body = { content: { ...content, ...change }, addressees: to }
      const { id, revision } = await drafts.create(author, body)
      return publishing.publish(author, id, await approved(id, revision))
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}
