import { isDeepStrictEqual } from 'node:util'
import { beyondCalendar } from '@haidang/contracts/directed-configuration'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { DatedRegulation } from '@haidang/contracts/regulation-lookup'
import type {
  ConfigurationPlan,
  ConfigurationVersion,
  ReachedStation,
} from '@haidang/contracts/station-configuration'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { groupsOf, profilesOf, settingsOf } from './configuration.ts'
import type { ConfigurationStore } from './configuration-store.ts'
import type { ConfigurationVersionRow } from './configuration-tables.ts'

interface ConfigurationParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: ConfigurationStore
  /** Every version of every regulation profile of this node. */
  readonly versions: (tx: Tx) => Promise<readonly DatedRegulation[]>
  readonly organisations: Pick<OrganisationService, 'names'>
  /** Seconds without a heartbeat after which this node calls a station silent. */
  readonly silentAfterSeconds: () => number
}

interface Reason {
  readonly reason: string
  readonly based_on: number
}

const mostShown = 500

/** The plan by which stations are configured: read, tried, put into force, an earlier one brought back. */
export class ConfigurationService {
  readonly #parts: ConfigurationParts

  constructor(parts: ConfigurationParts) {
    this.#parts = parts
  }

  current({ scope }: Caller): Promise<{ current: ConfigurationVersion | null }> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await store.newest(tx)
      return { current: row ? versionOf(row) : null }
    })
  }

  /** Newest first. */
  versions({ scope }: Caller, query: PageQuery): Promise<Page<ConfigurationVersion>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(versionOf), next }
    })
  }

  /** Which stations a plan reaches and what it sets there. Throws as `publish` does for a plan that cannot be. */
  async preview(caller: Caller, plan: ConfigurationPlan) {
    requireWholeNode(caller)
    const { database, store, organisations } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await this.#requireSound(tx, plan)
      const now = (await store.newest(tx))?.plan ?? { groups: [] }
      const stations = await store.everyStation(tx)
      const owners = stations.map(({ organisation_id }) => organisation_id)
      const names = await organisations.names(tx, owners)
      const reached = stations.flatMap((station): ReachedStation[] => {
        const groups = groupsOf(plan, station)
        const settings = settingsOf(groups)
        const changed = !isDeepStrictEqual(settings, settingsOf(groupsOf(now, station)))
        if (groups.length === 0 && !changed) return []
        return [
          {
            station_id: station.id,
            station_name: station.name,
            organisation_name: names.get(station.organisation_id) ?? '',
            groups: groups.map(({ name }) => name),
            settings,
            changed,
          },
        ]
      })
      return {
        reached: reached.slice(0, mostShown),
        reached_count: reached.length,
        changed_count: reached.filter(({ changed }) => changed).length,
        stations: stations.length,
      }
    })
  }

  /**
   * Puts a plan into force. Throws Problem configuration.changed-meanwhile, configuration.unchanged, request.invalid
   * with the group and field that is wrong, permission.missing.
   */
  publish(caller: Caller, plan: ConfigurationPlan, reason: Reason): Promise<ConfigurationVersion> {
    return this.#add(caller, reason, async () => ({ plan, restores: null }))
  }

  /** Brings an earlier plan back. Throws as `publish` does, and Problem configuration.version-not-found. */
  restore(caller: Caller, number: number, reason: Reason): Promise<ConfigurationVersion> {
    return this.#add(caller, reason, async (tx) => {
      const row = await this.#parts.store.version(tx, number)
      if (!row) throw new Problem('configuration.version-not-found', String(number))
      return { plan: row.plan, restores: number }
    })
  }

  async #add(
    caller: Caller,
    { reason, based_on }: Reason,
    of: (tx: Tx) => Promise<Pick<ConfigurationVersionRow, 'plan' | 'restores'>>,
  ): Promise<ConfigurationVersion> {
    requireWholeNode(caller)
    const { database, store, journal, clock } = this.#parts
    const { actor } = caller.scope
    try {
      return await database.transact({ ...systemScope, actor }, async (tx) => {
        const before = await store.newest(tx)
        if ((before?.number ?? 0) !== based_on) {
          throw new Problem('configuration.changed-meanwhile')
        }
        const { plan, restores } = await of(tx)
        const unsaid = before ? isDeepStrictEqual(before.plan, plan) : plan.groups.length === 0
        if (unsaid) throw new Problem('configuration.unchanged')
        await this.#requireSound(tx, plan)
        const row: ConfigurationVersionRow = {
          number: based_on + 1,
          plan,
          reason,
          restores,
          actor_id: actor.id,
          actor_name: actor.name,
          created_at: clock.iso(),
        }
        await store.add(tx, row)
        await journal.append(tx, {
          type: 'configuration.planned',
          organisation_id: null,
          actor,
          authority: 'station.manage',
          subject: `configuration:${row.number}`,
          reason,
          before: before && { number: before.number, plan: before.plan },
          after: { number: row.number, plan, restores },
        })
        return versionOf(row)
      })
    } catch (error) {
      if (!violates(error, 'configuration_version_pkey')) throw error
      throw new Problem('configuration.changed-meanwhile')
    }
  }

  /** Every profile it names is there, a calendar is one, and no heartbeat is slower than what silence is told by. */
  async #requireSound(tx: Tx, plan: ConfigurationPlan): Promise<void> {
    const { silentAfterSeconds } = this.#parts
    const versions = await this.#parts.versions(tx)
    for (const { group, field, profile, version } of profilesOf(plan)) {
      const found = versions.find(
        (one) => one.regulation.profile === profile && one.version === version,
      )
      if (!found) {
        throw wrong(group, field, `no ${profile} version ${version}`, 'choose one that is there')
      }
      const foreign = field === 'calendar' ? beyondCalendar(found.regulation) : []
      if (foreign.length > 0) {
        const cause = `${profile} holds ${foreign.join(', ')}`
        throw wrong(group, field, cause, 'set it under regulations')
      }
    }
    const most = Math.floor(silentAfterSeconds() / 2)
    for (const { name, settings } of plan.groups) {
      const { heartbeat_seconds: seconds = 0, calendar = [], regulations = [] } = settings
      if (seconds > most) {
        const cause = `${seconds} s is more than half of link.silent_after_seconds`
        throw wrong(name, 'heartbeat_seconds', cause, `at most ${most}`)
      }
      const profiles = [...calendar, ...regulations].map(({ profile }) => profile)
      const twice = profiles.find((one, at) => profiles.indexOf(one) !== at)
      if (twice) throw wrong(name, 'regulations', `${twice} is set twice`, 'name it once')
    }
  }
}

/** The plan concerns every station: throws Problem permission.missing for a caller who sees less. */
function requireWholeNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'a role of scope node decides how stations are set')
}

function wrong(group: string, field: string, cause: string, remedy: string): Problem {
  return new Problem('request.invalid', `${group}: ${cause}`, [
    { field: `${group}.${field}`, cause, remedy },
  ])
}

function versionOf({ actor_id: _, ...row }: ConfigurationVersionRow): ConfigurationVersion {
  const { number, plan, reason, restores, actor_name, created_at } = row
  return { number, plan, reason, restores, actor_name, created_at }
}
