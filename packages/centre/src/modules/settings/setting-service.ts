import type { Language } from '@haidang/contracts/person'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { NodeSetting, SettingStore } from './setting-store.ts'

interface SettingParts {
  readonly store: SettingStore
  readonly clock: Clock
}

/** The node's own settings. */
export class SettingService {
  readonly #parts: SettingParts

  constructor(parts: SettingParts) {
    this.#parts = parts
  }

  /** The node's settings, for a transaction of any scope: they are not secret. */
  async read(tx: Tx): Promise<NodeSetting> {
    const setting = await this.#parts.store.read(tx)
    if (!setting) throw new Error('the row of node settings is missing')
    return setting
  }

  /** Ends first-run set-up in the transaction of the larger act. Throws Problem setup.done. */
  async setUp(tx: Tx, name: string, language: Language): Promise<void> {
    const { store, clock } = this.#parts
    if (!(await store.setUp(tx, name, language, clock.iso()))) throw new Problem('setup.done')
  }
}
