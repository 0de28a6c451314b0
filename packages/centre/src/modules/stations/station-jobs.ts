import type { HeartbeatDraft } from '@haidang/link/child/child-parts'
import type { Jobs } from '@haidang/runtime/jobs'
import type { StationService } from './station-service.ts'

/** Seconds. */
const silenceCheck = 15

/** Watches for silence. */
export async function startStationJobs(jobs: Jobs, stations: StationService): Promise<void> {
  await jobs.every('stations.silence', silenceCheck, () => stations.detectSilence())
}

/** Takes the pulse of this node's own station part every so many seconds. */
export async function startHeartbeat(
  jobs: Jobs,
  stations: StationService,
  seconds: number,
  heartbeat: () => Promise<HeartbeatDraft>,
): Promise<void> {
  await jobs.every('stations.heartbeat', seconds, async () => stations.beat(await heartbeat()))
}
