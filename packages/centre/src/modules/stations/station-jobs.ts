import type { HeartbeatDraft } from '@haidang/link/child/child-parts'
import type { Jobs } from '@haidang/runtime/jobs'
import type { StationService } from './station-service.ts'

/** Seconds. */
const silenceCheck = 15
const beat = 30

/** Watches for silence, and takes the pulse of this node's own station part where it has one. */
export async function startStationJobs(
  jobs: Jobs,
  stations: StationService,
  localHeartbeat: (() => Promise<HeartbeatDraft>) | undefined,
): Promise<void> {
  await jobs.every('stations.silence', silenceCheck, () => stations.detectSilence())
  if (!localHeartbeat) return
  await jobs.every('stations.heartbeat', beat, async () => stations.beat(await localHeartbeat()))
}
