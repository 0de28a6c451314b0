import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type BackTestRow, ruleBackTest } from './back-test-tables.ts'

const fields = {
  id: { column: ruleBackTest.id, kind: 'word' },
  rule_id: { column: ruleBackTest.rule_id, kind: 'word' },
  state: { column: ruleBackTest.state, kind: 'word' },
  version: { column: ruleBackTest.version, kind: 'number' },
  created_at: { column: ruleBackTest.created_at, kind: 'time' },
} as const

/** Rows of back-tests. A reader sees only those whose asker saw no more than the reader does. */
export class BackTestStore {
  async list(tx: Tx, scope: Scope, ruleId: string, query: PageQuery): Promise<Page<BackTestRow>> {
    const page = keyset({
      query,
      fields,
      sorts: ['-created_at'],
      id: ruleBackTest.id,
      only: and(eq(ruleBackTest.rule_id, ruleId), within(scope)),
    })
    return page.read(tx.select().from(ruleBackTest))
  }

  async get(tx: Tx, scope: Scope, id: string): Promise<BackTestRow | undefined> {
    const [row] = await tx
      .select()
      .from(ruleBackTest)
      .where(and(eq(ruleBackTest.id, id), within(scope)))
    return row
  }

  async add(tx: Tx, row: BackTestRow): Promise<void> {
    await tx.insert(ruleBackTest).values(row)
  }

  /** Tests that have not ended. */
  async open(tx: Tx): Promise<string[]> {
    const rows = await tx
      .select({ id: ruleBackTest.id })
      .from(ruleBackTest)
      .where(isNull(ruleBackTest.ended_at))
      .limit(1000)
    return rows.map(({ id }) => id)
  }

  async change(tx: Tx, id: string, change: Partial<BackTestRow>): Promise<void> {
    await tx.update(ruleBackTest).set(change).where(eq(ruleBackTest.id, id))
  }
}

/** What was found in events of an organisation is for those who see its events. */
function within({ organisations }: Scope): SQL | undefined {
  if (organisations === 'all') return undefined
  const seen = JSON.stringify(organisations)
  const asked = sql`${ruleBackTest.scope} -> 'organisations'`
  return sql`(jsonb_typeof(${asked}) = 'array' and ${asked} <@ ${seen}::jsonb)`
}
