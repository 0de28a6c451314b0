import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { CorrelationParameters } from '@haidang/contracts/correlation-parameters'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import { LeaseKeeper } from '../enrich/lease-keeper.ts'
import { MemoryStore } from '../keep/memory-store.ts'
import { BehaviourWatch } from './behaviour-watch.ts'
import { CorrelationWatch } from './correlation-watch.ts'
import type { Examiner } from './examiner.ts'
import { RangeWatches } from './range-watch.ts'

/** What detections with a memory are set to; without, their defaults. */
export interface WatchSettings {
  readonly behaviour?: BehaviourParameters | undefined
  readonly correlation?: CorrelationParameters | undefined
}

/** The detections of a line that remember earlier ranges, with nothing remembered yet. */
export function createWatches(
  settings: WatchSettings,
  parts: {
    readonly clock: Clock
    readonly log: Log
    readonly nodeId: string
    readonly examiner: Examiner
  },
): { watches: RangeWatches; correlation: CorrelationWatch; leases: LeaseKeeper } {
  const detector = new BehaviourDetector(settings.behaviour ?? BehaviourParameters.parse({}))
  const parameters = settings.correlation ?? CorrelationParameters.parse({})
  const correlation = new CorrelationWatch({ ...parts, parameters })
  const behaviour = new BehaviourWatch({ ...parts, detector })
  const leases = new LeaseKeeper(parts)
  const all = [behaviour, correlation, leases]
  return { watches: new RangeWatches(all, new MemoryStore()), correlation, leases }
}
