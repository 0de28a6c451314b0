import type { Tx } from '@haidang/runtime/database/database'
import { count, eq, inArray, notInArray } from 'drizzle-orm'
import {
  type DirectedSetRow,
  directedRuleFile,
  directedRuleSet,
  type Issuer,
} from './rule-set-tables.ts'

const atOnce = 500

/** Rule sets given to this node, always inside a given transaction. */
export class RuleSetStore {
  async get(tx: Tx, issuer: Issuer): Promise<DirectedSetRow | undefined> {
    const [row] = await tx
      .select()
      .from(directedRuleSet)
      .where(eq(directedRuleSet.issuer, issuer))
      .for('update')
    return row
  }

  async all(tx: Tx): Promise<DirectedSetRow[]> {
    return await tx.select().from(directedRuleSet)
  }

  async put(tx: Tx, row: DirectedSetRow): Promise<void> {
    await tx
      .insert(directedRuleSet)
      .values(row)
      .onConflictDoUpdate({ target: directedRuleSet.issuer, set: row })
  }

  async addFile(tx: Tx, sha256: string, text: string): Promise<void> {
    await tx.insert(directedRuleFile).values({ sha256, text }).onConflictDoNothing()
  }

  async countFiles(tx: Tx): Promise<number> {
    const [row] = await tx.select({ files: count() }).from(directedRuleFile)
    return row?.files ?? 0
  }

  /** Texts by hash, of those that are here. */
  async texts(tx: Tx, hashes: readonly string[]): Promise<Map<string, string>> {
    const texts = new Map<string, string>()
    for (let from = 0; from < hashes.length; from += atOnce) {
      const rows = await tx
        .select()
        .from(directedRuleFile)
        .where(inArray(directedRuleFile.sha256, hashes.slice(from, from + atOnce)))
      for (const { sha256, text } of rows) texts.set(sha256, text)
    }
    return texts
  }

  /** Lets go of every file no set names any more. */
  async keepOnly(tx: Tx, hashes: readonly string[]): Promise<void> {
    const named = [...new Set(hashes)]
    await tx
      .delete(directedRuleFile)
      .where(named.length > 0 ? notInArray(directedRuleFile.sha256, named) : undefined)
  }
}
