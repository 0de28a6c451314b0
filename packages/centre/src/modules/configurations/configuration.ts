import { millisecondsOf } from '@haidang/contracts/instant'
import type {
  ConfigurationGroup,
  ConfigurationPlan,
  ConfigurationState,
  ProfileVersion,
  StationConfiguration,
  StationSettings,
} from '@haidang/contracts/station-configuration'
import type { StationConfigurationRow } from './configuration-tables.ts'

/** A station as far as groups name it. */
interface Reachable {
  readonly id: string
  readonly organisation_id: string
}

/** The groups of a plan that reach a station, in their order. */
export function groupsOf({ groups }: ConfigurationPlan, station: Reachable): ConfigurationGroup[] {
  return groups.filter(({ organisations, stations }) => {
    const isForAll = organisations.length === 0 && stations.length === 0
    return (
      isForAll || organisations.includes(station.organisation_id) || stations.includes(station.id)
    )
  })
}

/** What groups set together: a later one overrules the settings it names. */
export function settingsOf(groups: readonly ConfigurationGroup[]): StationSettings {
  return Object.assign({}, ...groups.map(({ settings }) => settings))
}

/** Every profile a plan names, with whether it is set as a calendar. */
export function profilesOf({ groups }: ConfigurationPlan) {
  return groups.flatMap(({ name, settings: { calendar = [], regulations = [] } }) => [
    ...calendar.map((one) => ({ group: name, field: 'calendar' as const, ...one })),
    ...regulations.map((one) => ({ group: name, field: 'regulations' as const, ...one })),
  ])
}

/** Settings as they travel; `content` gives the text of a version. */
export function directed<Content>(
  { calendar, regulations, heartbeat_seconds, silence_seconds }: StationSettings,
  content: (version: ProfileVersion) => Content,
): Record<string, unknown> {
  return {
    ...(calendar && { calendar: calendar.map(content) }),
    ...(regulations && { regulations: regulations.map(content) }),
    ...(heartbeat_seconds && { heartbeat: { seconds: heartbeat_seconds } }),
    ...(silence_seconds && { silence: { seconds: silence_seconds } }),
  }
}

type Standing = Pick<StationConfiguration, 'state' | 'settings'>

/** How a station stands to what it was given last. */
export function standingOf(row: StationConfigurationRow | null): Standing {
  if (row === null || row.assigned === null) return { state: 'none', settings: [] }
  const isAnswered = row.answered === row.assigned
  const settings = row.names.map((name) => {
    const answer = isAnswered ? row.answers.find((one) => one.name === name) : undefined
    return { name, state: answer?.state ?? ('pending' as const), problem: answer?.problem ?? null }
  })
  return { state: stateOf(settings, isAnswered), settings }
}

function stateOf(settings: Standing['settings'], isAnswered: boolean): ConfigurationState {
  if (!isAnswered) return 'pending'
  if (settings.length === 0) return 'none'
  return settings.every(({ state }) => state === 'applied') ? 'applied' : 'partly'
}

/** Received this long after an answer, a heartbeat that names another version is no longer about the time before it. */
const settled = 120_000

/** Whether a station says it holds another version than it confirmed: it, or this node, was restored. */
export function hasLost(
  { assigned, answered, answered_at }: StationConfigurationRow,
  beat: { readonly number: number | undefined; readonly at: string | null },
): boolean {
  if (assigned === null || answered !== assigned || beat.number === undefined) return false
  if (beat.number === assigned || beat.at === null || answered_at === null) return false
  return millisecondsOf(beat.at) - millisecondsOf(answered_at) > settled
}
