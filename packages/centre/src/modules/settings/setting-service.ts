import type { IncidentGrade } from '@haidang/contracts/incident'
import type { Language } from '@haidang/contracts/person'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { type DeadlineTrigger, type Due, dueAfter, type Regulation } from './regulation.ts'
import type { NodeSetting, SettingStore } from './setting-store.ts'

interface SettingParts {
  readonly store: SettingStore
  readonly clock: Clock
  /** Profiles by name, as shipped and as written by the operator. */
  readonly regulations: ReadonlyMap<string, Regulation>
}

/** The node's own settings and the rules it works under. */
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

  /**
   * What a fact at instant `from` makes due under the node's regulation, soonest first, with the clause.
   * Throws Problem configuration.invalid where the chosen profile is not there.
   */
  async dueAfter(
    tx: Tx,
    trigger: DeadlineTrigger,
    from: string,
    grade?: IncidentGrade,
  ): Promise<Due[]> {
    const { regulation } = await this.read(tx)
    const rules = this.#parts.regulations.get(regulation)
    if (!rules) throw new Problem('configuration.invalid', `no regulation profile ${regulation}`)
    return dueAfter(rules, trigger, from, grade)
  }
}
