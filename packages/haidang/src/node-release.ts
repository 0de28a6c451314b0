import { join } from 'node:path'
import type { Centre } from '@haidang/centre/centre'
import { releaseApi } from '@haidang/contracts/release-api'
import type { HeartbeatDraft } from '@haidang/link/child/child-parts'
import type { Link } from '@haidang/link/open-link'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import { serve } from '@haidang/runtime/http/serve'
import type { DirectedSettings } from '@haidang/station/direct/configuration'
import { DirectMonitoring } from '@haidang/station/direct/monitoring'
import { MonitoringStore } from '@haidang/station/direct/monitoring-store'
import { SourceStore } from '@haidang/station/keep/source-store'
import { ReleaseDesk } from '@haidang/station/release/release-desk'
import { openPseudonyms } from '@haidang/station/release/release-key'
import { ReleasePreviewer } from '@haidang/station/release/release-preview'
import { releaseRoutes } from '@haidang/station/release/release-routes'
import { ReleaseService } from '@haidang/station/release/release-service'
import { ReleaseStore } from '@haidang/station/release/release-store'
import type { Engines } from './node-engines.ts'

interface NodeReleaseParts {
  readonly engines: Engines
  readonly dataDirectory: string
  readonly clock: Clock
}

const lookEvery = 60

/** The owner's policy about what leaves this node: what decides is there before the link, what shows it after. */
export async function openNodeRelease({ engines, dataDirectory, clock }: NodeReleaseParts) {
  const store = new ReleaseStore()
  const names = await openPseudonyms(join(dataDirectory, 'keys'))
  const sources = new SourceStore()
  const desk = new ReleaseDesk({ ...engines, store, sources, clock, names })
  const wired: { link?: Link } = {}
  const monitoring = new DirectMonitoring({
    ...engines,
    store: new MonitoringStore(),
    desk,
    clock,
    parent: async (tx) => (await wired.link?.child.parent(tx))?.organisation_id,
  })
  /** The link opens after the policy that guards its door. */
  const guard = (link: Link) => {
    wired.link = link
  }
  return { store, names, desk, monitoring, guard }
}
export type NodeRelease = Awaited<ReturnType<typeof openNodeRelease>>

interface ServedParts {
  readonly engines: Engines
  readonly clock: Clock
  readonly link: Link
  readonly centre: Centre
  readonly simulated: boolean
}

/** Serves the policy to people, tells the parent of it, and says in the journal what ended. */
export async function serveRelease(
  { store, names, desk, monitoring }: NodeRelease,
  { engines, clock, link, centre, simulated }: ServedParts,
): Promise<ReleaseService> {
  const { database, http, jobs, identity } = engines
  const service = new ReleaseService({
    ...engines,
    clock,
    store,
    home: async () =>
      (await database.transact(systemScope, (tx) => centre.organisations.home(tx)))?.id ?? null,
    tell: async (tx, version) => {
      const tie = await link.child.parent(tx)
      if (!tie) return
      await link.post.toParent(tx, {
        type: 'release.published',
        subject: `release:${version.version}`,
        tlp: 'amber',
        from: tie.own_organisation_id,
        to: tie.organisation_id,
        exercise: simulated,
        data: version,
      })
    },
  })
  const previewer = new ReleasePreviewer({
    ...engines,
    clock,
    desk,
    names,
    nodeId: identity.id,
    alerts: async (caller, { from, to, node_id }, most) => {
      const filter = `node_id:${node_id} and time>=${isoOf(from)} and time<${isoOf(to)}`
      const alerts = []
      let cursor: string | undefined
      do {
        const query = { limit: 500, filter, sort: '-time', cursor }
        const page = await centre.alerts.list(caller, query)
        alerts.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor !== undefined && alerts.length < most)
      return alerts
    },
  })
  serve(http, releaseApi, releaseRoutes(service, previewer, monitoring), centre.gate)
  await jobs.every('release.exceptions', lookEvery, () => service.keepUp())
  return service
}

interface HeartbeatParts {
  readonly release: NodeRelease
  readonly releasing: ReleaseService
  readonly settings: DirectedSettings
  readonly engines: Engines
}

/** What the parent is told every so many seconds, as far as the policy lets it out. */
export function releasedHeartbeat(
  { release, releasing, settings, engines }: HeartbeatParts,
  heartbeat: () => Promise<HeartbeatDraft>,
): () => Promise<HeartbeatDraft> {
  const { desk, monitoring } = release
  const { database } = engines
  return async () => {
    const draft = await heartbeat()
    return database.transact(systemScope, async (tx: Tx) => ({
      ...(await desk.beat(tx, draft)),
      release: await releasing.heartbeat(tx),
      configuration: await settings.heartbeat(tx),
      monitoring: await monitoring.report(tx),
    }))
  }
}
