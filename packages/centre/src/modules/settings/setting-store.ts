import type { Language } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { isNull } from 'drizzle-orm'
import { nodeSetting } from './setting-tables.ts'

/** What this node is called and how it is set; undefined `set_up_at`: first-run set-up still waits. */
export interface NodeSetting {
  readonly name: string
  readonly language: Language
  readonly set_up_at: string | null
}

export class SettingStore {
  async read(tx: Tx): Promise<NodeSetting | undefined> {
    const [row] = await tx.select().from(nodeSetting)
    return row
  }

  /** Ends set-up; false where somebody has ended it already, also at this very moment. */
  async setUp(tx: Tx, name: string, language: Language, at: string): Promise<boolean> {
    const changed = await tx
      .update(nodeSetting)
      .set({ name, language, set_up_at: at })
      .where(isNull(nodeSetting.set_up_at))
      .returning({ id: nodeSetting.id })
    return changed.length === 1
  }
}
