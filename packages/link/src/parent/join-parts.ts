import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { TrustedKeyStore } from '../envelopes/trusted-key-store.ts'
import type { Authorities } from '../keys/authorities.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import type { JoinCodeStore } from './join-code-store.ts'
import type { StationStore } from './station-store.ts'

/** The organisation this node belongs to, as it names itself to its children. */
export interface HomeOrganisation {
  readonly id: string
  readonly code: string
  readonly name: string
}

export interface JoinParts {
  readonly node: { readonly id: string; readonly name: string }
  readonly authorities: Authorities
  readonly stations: StationStore
  readonly codes: JoinCodeStore
  readonly keys: TrustedKeyStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly certificateDays: number
  /** This node's own, as its children may believe them. */
  readonly signingKeys: SigningKeys
  /** Where children dial, `https://host:port`. */
  address(): string
  home(tx: Tx): Promise<HomeOrganisation | undefined>
  /** Name of an organisation this node knows. */
  nameOf(tx: Tx, organisationId: string): Promise<string>
}
