import type { PayloadOf } from '@haidang/contracts/approval'
import type { Permission } from '@haidang/contracts/permission'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import type { Guarded } from './act-service.ts'

type ExportKind = 'journal.export' | 'organisation.export' | 'system.export' | 'expert.export'

interface ExportParts<K> {
  readonly kind: K
  readonly ask: Permission
  readonly approve: Permission
  /** How many rows a filter finds, counted up to `most`. */
  readonly count: (tx: Tx, filter: string | undefined, most: number) => Promise<number>
}

/** Handing a list out as a file. */
export function exportAct<K extends ExportKind>({
  count,
  ...declared
}: ExportParts<K>): Guarded<K> {
  return {
    ...declared,
    async prepare(tx, _, payload: PayloadOf<K>, countTo) {
      const { format, filter } = payload
      const size = await count(tx, filter, countTo)
      return {
        payload,
        size,
        tlp_rank: tlpRank('amber'),
        facts: [
          { name: 'rows', values: [String(size)] },
          { name: 'format', values: [format] },
          ...(filter ? [{ name: 'filter' as const, values: [filter] }] : []),
        ],
      }
    },
  }
}
