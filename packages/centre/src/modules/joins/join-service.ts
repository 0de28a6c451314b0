import type { JoinAnswerFile, JoinRequestFile } from '@haidang/contracts/join-file'
import type { ParentLink, Station } from '@haidang/contracts/station'
import type { ChildSide } from '@haidang/link/child/child-side'
import type { ParentSide } from '@haidang/link/parent/parent-side'
import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { StationService } from '../stations/station-service.ts'

interface JoinParts {
  readonly database: Database
  readonly parent: ParentSide
  readonly child: ChildSide
  readonly organisations: OrganisationService
  readonly stations: StationService
}

type Written = Readonly<Record<string, unknown>>

/** Joining with two files carried by hand: this node as the one that asks, and as the one that answers. */
export class JoinService {
  readonly #parts: JoinParts

  constructor(parts: JoinParts) {
    this.#parts = parts
  }

  /** Throws Problem permission.missing for whoever sees less than the whole node. */
  ask(
    caller: Caller,
    place: { readonly location: string; readonly contact: string },
  ): Promise<{ file: JoinRequestFile; fingerprint: string }> {
    requireNode(caller)
    return this.#parts.child.askByFile(caller.scope.actor, place)
  }

  /** Throws Problem permission.missing, join.file-refused. */
  apply(
    caller: Caller,
    { file, authority }: { readonly file: Written; readonly authority: string },
  ): Promise<ParentLink> {
    requireNode(caller)
    return this.#parts.child.joinByFile(caller.scope.actor, file, authority)
  }

  /** Throws Problem organisation.not-found, join.file-refused, join.request-invalid. */
  async receive(caller: Caller, organisationId: string, file: Written): Promise<Station> {
    const { database, organisations, parent, stations } = this.#parts
    const { actor } = caller.scope
    await database.transact(caller.scope, (tx) => organisations.require(tx, organisationId))
    const { id } = await database.transact({ ...systemScope, actor }, (tx) =>
      parent.files.receive(tx, actor, organisationId, file),
    )
    return stations.get(caller, id)
  }

  /** Throws Problem station.not-found, join.no-answer. */
  async answer(
    caller: Caller,
    stationId: string,
  ): Promise<{ file: JoinAnswerFile; authority: string }> {
    const { database, parent, stations } = this.#parts
    await stations.get(caller, stationId)
    const { actor } = caller.scope
    const file = await database.transact({ ...systemScope, actor }, (tx) =>
      parent.files.answer(tx, stationId),
    )
    return { file, authority: parent.authority.authorities.shown.fingerprint }
  }
}

function requireNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'a role of scope node ties the node to a parent')
}
