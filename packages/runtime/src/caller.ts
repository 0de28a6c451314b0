import type { Permission } from '@haidang/contracts/permission'
import type { Language } from '@haidang/contracts/person'
import type { Scope } from './database/database.ts'

/** Who calls: how far the caller sees, what the caller may do. A person has a session; a key has neither. */
export interface Caller {
  readonly scope: Scope
  readonly permissions: ReadonlySet<Permission>
  /** What the role would allow and the scope of the key leaves out. */
  readonly withheld?: ReadonlySet<Permission>
  readonly language: Language
  readonly organisation_id: string
  readonly person_id: string | null
  readonly session_id: string | null
  /** May call as often as it likes: who is on the machine itself. */
  readonly unbounded?: true
}
