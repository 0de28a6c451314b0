import { PlaybookContent } from '@haidang/contracts/playbook'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'

/** The same words in both languages. */
export const both = (words: string) => ({ vi: words, en: words })

/** A playbook with these tasks, each waiting for the one above it. */
export function contentOf(name: string, tasks: readonly string[]): PlaybookContent {
  return PlaybookContent.parse({
    name: both(name),
    types: ['MALWARE'],
    tasks: tasks.map((id, n) => ({
      id,
      phase: 'respond',
      title: both(`Việc ${id}`),
      due: 'PT4H',
      clause: 'Quy chế nội bộ, Điều 3',
      checklist: [both('Dòng một'), both('Dòng hai')],
      depends_on: tasks.slice(Math.max(0, n - 1), n),
    })),
  })
}

/** Puts an organisation under another, for ever. */
export async function under(
  { database }: { readonly database: Database },
  below: string,
  above: string,
) {
  await database.transact(systemScope, async (tx) => {
    await tx.execute(sql`insert into organisation (id, code, name, kind, simulated, created_at, updated_at)
      select id, id, id, 'ministry', false, now(), now() from unnest(array[${below}, ${above}]) as id`)
    await tx.execute(sql`insert into organisation_tie (id, organisation_id, kind, parent_id, basis)
      values (${`tie_${below}`}, ${below}, 'parent', ${above}, '')`)
  })
}
