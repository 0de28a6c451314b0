import { join, resolve } from 'node:path'
import { type Centre, createCentre } from '@haidang/centre/centre'
import type { Link } from '@haidang/link/open-link'
import { type Clock, systemClock } from '@haidang/runtime/clock'
import { loadConfiguration } from '@haidang/runtime/configuration'
import { lockDataDirectory } from '@haidang/runtime/data-directory'
import { healthRoutes } from '@haidang/runtime/http/health-routes'
import { serveOpenApi } from '@haidang/runtime/http/open-api'
import { serveWeb } from '@haidang/runtime/http/serve-web'
import { Lifecycle } from '@haidang/runtime/lifecycle'
import type { Log } from '@haidang/runtime/log'
import { createLog } from '@haidang/runtime/pino-log'
import { EventForwarder } from '@haidang/station/direct/event-forwarder'
import { MonitoringStore } from '@haidang/station/direct/monitoring-store'
import { requireRestoredWholly } from './backup/new-life.ts'
import { serveHelp } from './help-page.ts'
import { listening } from './listening.ts'
import { newLocalToken, removeLocalAccess, writeLocalAccess } from './local-access.ts'
import { openNodeArchive } from './node-archive.ts'
import { serveBackups } from './node-backup.ts'
import { NodeConfiguration } from './node-configuration.ts'
import { startEngines } from './node-engines.ts'
import { openNodeLink } from './node-link.ts'
import { openMail } from './node-mail.ts'
import { openNodeRelease, releasedHeartbeat, serveRelease } from './node-release.ts'
import { directedRules, ownStation } from './node-rules.ts'
import { openNodeSettings, serveNodeSettings } from './node-settings.ts'
import { startStation } from './node-station.ts'
import { version } from './version.ts'

interface NodeOptions {
  readonly dataDirectory: string
  readonly configurationFile?: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Overrules `http.port`. */
  readonly port?: number | undefined
  /** Tells the person who starts it where to look. */
  readonly say: (text: string) => void
  readonly signal: AbortSignal
  readonly clock?: Clock
}

export interface RunningNode {
  readonly url: string
  /** Resolves after an orderly shutdown. */
  readonly stopped: Promise<void>
}

/** Address `host:port` of each thing that listens, by name. */
export type Listeners = Record<string, string>

const repository = join(import.meta.dirname, '../../..')

/**
 * The composition root: wires one node in the order of the flow and starts it. Resolves when it can be
 * used; `stopped` resolves after an orderly shutdown, which `signal` begins.
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { environment, signal, clock = systemClock } = options
  const configurationFile = options.configurationFile ?? resolve('haidang.yaml')
  const configuration = await loadConfiguration({
    schema: NodeConfiguration,
    file: configurationFile,
    environment,
  })
  const log = createLog({ level: configuration.log.level, clock, destination: process.stderr })
  const lifecycle = new Lifecycle({ clock, log })
  try {
    const url = await wire({ ...options, configurationFile, configuration, lifecycle, clock, log })
    return { url, stopped: untilStopped(lifecycle, signal) }
  } catch (error) {
    // Engines that run already would keep a process alive that serves nothing, and its data directory locked.
    await lifecycle.stop()
    throw error
  }
}

interface WireParts extends NodeOptions {
  readonly configurationFile: string
  readonly configuration: NodeConfiguration
  readonly lifecycle: Lifecycle
  readonly clock: Clock
  readonly log: Log
}

/** Starts everything in order; the address people use. */
async function wire(parts: WireParts): Promise<string> {
  const { dataDirectory, configurationFile, configuration, lifecycle, clock, log, say } = parts
  await lifecycle.start(
    'data directory',
    () => lockDataDirectory(dataDirectory),
    (lock) => Promise.resolve(lock[Symbol.asyncDispose]()),
  )
  await requireRestoredWholly(dataDirectory)
  const engines = await startEngines({ dataDirectory, configuration, lifecycle, clock, log })
  const { http, identity } = engines
  const contentDirectory = join(repository, 'content')
  const wired: { centre?: Centre; link?: Link } = {}
  const { simulated } = configuration.node
  const settings = openNodeSettings({ engines, clock, simulated, wired })
  const release = await openNodeRelease({ engines, dataDirectory, clock })
  const link = await openNodeLink({
    engines,
    configuration,
    dataDirectory,
    clock,
    log,
    release: release.desk,
    heartbeatSeconds: () => settings.heartbeatSeconds,
    nodeName: () => wired.centre?.nodeName() || identity.id,
    home: (tx) => centreOf(wired).organisations.home(tx),
    nameOf: async (tx, id) => {
      const names = await centreOf(wired).organisations.names(tx, [id])
      return names.get(id) ?? id
    },
  })
  wired.link = link
  const directed = directedRules({
    engines,
    dataDirectory,
    clock,
    log,
    link,
    simulated,
    centre: () => centreOf(wired),
  })
  release.guard(link)
  const localToken = newLocalToken()
  const { public_url } = configuration.http
  const archive = openNodeArchive({
    engines,
    configuration,
    clock,
    log,
    signal: lifecycle.signal,
    centre: () => centreOf(wired),
  })
  const mail = await lifecycle.start(
    'mail',
    () => openMail(configuration),
    async (way) => way?.transport.close(),
  )
  const centre = await createCentre({
    ...engines,
    clock,
    log,
    link,
    localToken,
    mail,
    spread: configuration.spread,
    contactPeriod: configuration.contacts.verify_every,
    station: ownStation({ directed, clock, log, pipelines: configuration.rules.pipelines }),
    reachArchive: archive.reach,
    offerEvents: (tx, stored) => release.monitoring.offer(tx, stored),
    signal: lifecycle.signal,
    node: {
      id: identity.id,
      version,
      simulated,
      demo: simulated,
      dataDirectory,
      contentDirectory,
      publicUrls: public_url === undefined ? [] : [public_url],
      showsAdvisories: configuration.public.advisories,
    },
  })
  wired.centre = centre
  await serveNodeSettings(settings, engines, centre)
  const releasing = await serveRelease(release, { engines, clock, link, centre, simulated })
  if (mail) engines.health.add('mail-key', () => centre.mailKeys.check())
  await archive.begin()
  await serveBackups({
    engines,
    configuration,
    configurationFile,
    dataDirectory,
    lifecycle,
    clock,
    log,
    gate: centre.gate,
  })
  const forwarder = new EventForwarder({
    ...engines,
    outbox: link.outbox,
    store: new MonitoringStore(),
    nodeId: identity.id,
    log,
  })
  lifecycle.run('events to the parent', (stop) => forwarder.run(stop))
  const station = await startStation({
    monitoring: release.monitoring,
    settings,
    engines,
    configuration,
    dataDirectory,
    contentDirectory,
    lifecycle,
    clock,
    log,
    link,
    centre,
    directed,
  })
  const listeners: Listeners = {}
  await lifecycle.start(
    'link',
    async () => {
      const { host, port } = configuration.link
      const bound = await listening('link.port', port, () =>
        link.parent.listen(centre.parentHandlers, { host, port }),
      )
      listeners['link'] = `${host}:${bound}`
    },
    () => link.parent.close(),
  )
  lifecycle.run('parent', (stop) =>
    link.child.run(
      {
        ...centre.childHandlers,
        rules: {
          content: (tx, content) => directed.content(tx, content),
          set: (tx, { from, data }) => directed.set(tx, 'parent', from, data),
        },
        joined: async (tx, approved) => {
          await centre.childHandlers.joined(tx, approved)
          await settings.joined(tx, approved.parent.organisation_id)
          await releasing.tellAll(tx)
        },
        configuration: (tx, envelope) => settings.take(tx, envelope),
        messages: (tx, envelope) =>
          envelope.type === 'monitoring.requested'
            ? release.monitoring.requested(tx, envelope)
            : centre.childHandlers.messages(tx, envelope),
        bulk: release.monitoring,
        heartbeat: releasedHeartbeat({ release, releasing, settings, engines }, station.heartbeat),
      },
      stop,
    ),
  )

  // All that the start asks of the database is done before anybody calls: those who waited for this node come at once.
  await lifecycle.start(
    'station',
    () => station.start(),
    () => station.stop(),
  )
  await centre.pulse(configuration.link.heartbeat_seconds, station.heartbeat)

  const setupToken = await centre.setup.token()
  healthRoutes(http, engines.health, engines.metrics, centre.gate)
  serveOpenApi(http, version)
  serveHelp(http)
  await serveWeb(http, join(repository, 'packages/portal/dist'))
  const { host, port } = { ...configuration.http, port: parts.port ?? configuration.http.port }
  const url = await lifecycle.start(
    'http',
    () => listening('http.port', port, () => http.listen({ host, port })),
    () => http.close(),
  )
  listeners['http'] = new URL(url).host

  await lifecycle.start(
    'local access',
    () =>
      writeLocalAccess(dataDirectory, {
        url,
        token: localToken,
        pid: process.pid,
        setup_token: setupToken,
        listeners,
      }),
    () => removeLocalAccess(dataDirectory),
  )
  log.info({ node: identity.id, version, listeners }, 'the node is ready')
  announce(say, url, setupToken)
  return url
}

function centreOf({ centre }: { centre?: Centre }): Centre {
  if (!centre) throw new Error('the link asked for the centre before it was wired')
  return centre
}

function announce(say: (text: string) => void, url: string, setupToken: string | null): void {
  if (setupToken === null) {
    say(`Hải Đăng: ${url}`)
    return
  }
  say('Nút mới, chưa thiết lập · A new node, not set up yet. Mở · Open (once):')
  say(`  ${url}/setup#token=${setupToken}`)
}

async function untilStopped(lifecycle: Lifecycle, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await new Promise((done) => signal.addEventListener('abort', done, { once: true }))
  }
  await lifecycle.stop()
}
