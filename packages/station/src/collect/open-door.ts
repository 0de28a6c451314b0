import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { FoundEntry, Spool, SpoolPosition } from '@haidang/runtime/spool/spool'
import type { LineStore } from '../keep/line-store.ts'
import type { Arrivals } from './arrivals.ts'
import { Backlog } from './backlog.ts'
import { BatchKeys } from './batch-keys.ts'
import { Intake } from './intake.ts'
import type { SourceBook } from './source-book.ts'
import { SourceGate } from './source-gate.ts'

/** `after`: how far the line was; `found` is told of everything that waits. */
export type OpenSpool = (
  after: SpoolPosition | undefined,
  found: (entry: FoundEntry) => void,
) => Promise<Spool>

interface DoorParts {
  readonly openSpool: OpenSpool
  readonly database: Database
  readonly lines: LineStore
  readonly clock: Clock
  readonly arrivals: Arrivals
  readonly book: SourceBook
}

/** Opens the spool and the door before it, which knows what waits already. */
export async function openDoor(
  parts: DoorParts,
  after: SpoolPosition | undefined,
): Promise<{ spool: Spool; keys: BatchKeys; intake: Intake }> {
  const backlog = new Backlog()
  const spool = await parts.openSpool(after, (entry) => backlog.found(entry))
  const keys = new BatchKeys(parts.database, parts.lines)
  keys.load(spool)
  const gate = new SourceGate({ ...parts, spool, backlog })
  return { spool, keys, intake: new Intake({ ...parts, spool, keys, backlog, gate }) }
}
