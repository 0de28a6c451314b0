import type { RowAccess } from '@haidang/runtime/database/row-access'

const own = { reach: 'own', owner: 'organisation_id' } as const

/** Who sees response plans. */
export const playbookRowAccess: readonly RowAccess[] = [
  {
    table: 'playbook',
    holds: 'response plans; where their owner says so, organisations below it read them',
    kind: 'playbook',
    ...own,
    rank: 'tlp_rank',
    also: `for_subordinates and published > 0
      and tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
      and organisation_id = any ((select haidang_reader_superiors())::text[])`,
  },
  { table: 'playbook_draft', holds: 'what the next version of one is to say', ...own, rank: 0 },
  {
    table: 'playbook_version',
    holds: 'versions of playbooks',
    reach: 'part',
    owner: 'organisation_id',
    of: { table: 'playbook', key: 'playbook_id' },
  },
]
