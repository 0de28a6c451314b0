import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import type { KeyService } from '../people/key-service.ts'
import type { PersonService } from '../people/person-service.ts'
import type { ApprovalStore } from './approval-store.ts'
import type { ApprovalRow } from './approval-tables.ts'

interface AskerParts {
  readonly people: PersonService
  readonly keys: KeyService
  readonly store: ApprovalStore
  /** The command line beside this node. */
  readonly local: (tx: Tx) => Promise<Caller>
}

/** `behind_id`: themselves, or who made the key; empty for the command line. `also_behind`: who owns its account. */
type Behind = Pick<ApprovalRow, 'behind_id' | 'also_behind'>

/** Keys are made by people; a chain of keys that made keys longer than this is nobody’s. */
const longestChain = 8

/** Who asks for an act, who is behind them, and who else could approve. All of it needs the scope of the node. */
export class AskerService {
  readonly #parts: AskerParts

  constructor(parts: AskerParts) {
    this.#parts = parts
  }

  /** The people behind a caller. */
  async behind(tx: Tx, { person_id, scope }: Caller): Promise<Behind> {
    if (person_id !== null) return { behind_id: person_id, also_behind: [] }
    const { keys, store } = this.#parts
    const owners = new Set<string>()
    let maker: string = scope.actor.id
    for (let n = 0; n < longestChain && maker.startsWith('key_'); n++) {
      const owner = await keys.ownerOf(tx, maker)
      if (owner) owners.add(owner)
      maker = (await store.makerOf(tx, maker)) ?? ''
    }
    return { behind_id: maker.startsWith('usr_') ? maker : '', also_behind: [...owners] }
  }

  /** Ids of the people behind a caller; none for the command line. */
  async peopleBehind(tx: Tx, caller: Caller): Promise<string[]> {
    const { behind_id, also_behind } = await this.behind(tx, caller)
    return [behind_id, ...also_behind].filter((id) => id !== '')
  }

  /** Who asked, with the rights they have now; undefined where they may no longer come in. */
  callerOf(tx: Tx, { asked_by_id }: ApprovalRow): Promise<Caller | undefined> {
    const { people, keys, local } = this.#parts
    if (asked_by_id === 'local') return local(tx)
    if (asked_by_id.startsWith('key_')) return keys.holderOf(tx, asked_by_id)
    return people.callerOf(tx, asked_by_id, null)
  }

  /** Who may approve what needs such a right, of that organisation and TLP. */
  approvers(
    tx: Tx,
    right: Permission,
    of: { readonly organisation_id: string; readonly tlp_rank: number },
  ): Promise<string[]> {
    return this.#parts.people.ableTo(tx, ['approval.decide', right], of)
  }

  /** Whether somebody other than who stands behind the caller may approve. */
  async hasOthers(tx: Tx, caller: Caller, right: Permission): Promise<boolean> {
    const of = { organisation_id: caller.organisation_id, tlp_rank: 0 }
    const able = await this.approvers(tx, right, of)
    const behind = await this.peopleBehind(tx, caller)
    // Nobody knows who sits at the command line: it may be any one of them.
    if (behind.length === 0) return able.length > 1
    return able.some((id) => !behind.includes(id))
  }
}
