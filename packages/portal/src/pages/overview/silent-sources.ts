import type { Station } from '@haidang/contracts/station'

type HeartbeatSource = NonNullable<Station['heartbeat']>['sources'][number]

/** A source that does not send what it usually does, and the station it belongs to. */
export interface SilentSource {
  readonly station: Station
  readonly source: HeartbeatSource & { readonly since: string }
}

const lacking: ReadonlySet<string> = new Set(['quiet', 'reduced', 'flood', 'failed'])

/** Sources that lack something, the newest first. A station that is silent itself covers its sources; one that never sent waits. */
export function silentSources(stations: readonly Station[]): SilentSource[] {
  return stations
    .filter(({ state }) => state === 'connected' || state === 'quiet')
    .flatMap((station) =>
      (station.heartbeat?.sources ?? []).flatMap((source) => {
        const { since } = source
        return since && lacking.has(source.state) ? [{ station, source: { ...source, since } }] : []
      }),
    )
    .sort((a, b) => (a.source.since < b.source.since ? 1 : -1))
}
