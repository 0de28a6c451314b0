import { Ring } from '@haidang/contracts/rule-set'
import type { Tx } from '@haidang/runtime/database/database'
import { wantedBy } from './rule-set.ts'
import type { RuleSetStore } from './rule-set-store.ts'

const ruleFile = /^rules\/([\w-]+)\.yml$/

/** The widest ring whose stations should have a rule, by the rule's id; rules nobody should have are left out. */
export async function ringsReached(
  tx: Tx,
  store: Pick<RuleSetStore, 'outline' | 'get'>,
): Promise<ReadonlyMap<string, Ring>> {
  const sets = await store.outline(tx)
  const reached = new Map<string, Ring>()
  for (const ring of Ring.options) {
    const number = wantedBy(ring, sets)
    const set = number === null ? undefined : await store.get(tx, number)
    for (const { path } of set?.manifest.files ?? []) {
      const id = ruleFile.exec(path)?.[1]
      if (id !== undefined) reached.set(id, ring)
    }
  }
  return reached
}
