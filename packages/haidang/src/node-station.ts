import { join } from 'node:path'
import type { Centre } from '@haidang/centre/centre'
import { findingOf } from '@haidang/contracts/detection-finding'
import { ruleApi } from '@haidang/contracts/rule-api'
import { wholeAlert } from '@haidang/contracts/written-alert'
import type { Link } from '@haidang/link/open-link'
import type { Clock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { serve } from '@haidang/runtime/http/serve'
import type { Lifecycle } from '@haidang/runtime/lifecycle'
import type { Log } from '@haidang/runtime/log'
import type { ListenAt } from '@haidang/station/collect/collectors'
import { CompiledRules } from '@haidang/station/detect/compiled-rules'
import { createExaminer } from '@haidang/station/detect/examiner'
import { poolSizeHere } from '@haidang/station/detect/pool-size'
import { ruleHandlers } from '@haidang/station/detect/rule-routes'
import { RuleService } from '@haidang/station/detect/rule-service'
import type { DirectedSettings } from '@haidang/station/direct/configuration'
import type { DirectMonitoring } from '@haidang/station/direct/monitoring'
import type { DirectedRules } from '@haidang/station/direct/rules'
import { createStation, type Station } from '@haidang/station/station'
import { intakeCredentials } from './intake-credentials.ts'
import type { NodeConfiguration } from './node-configuration.ts'
import type { Engines } from './node-engines.ts'
import { enrichmentService } from './node-enrichment.ts'
import { directedDirectories } from './node-rules.ts'
import { spoolOpener } from './node-spool.ts'
import { pipelineFile } from './pipeline-files.ts'
import { version } from './version.ts'

interface StationWiring {
  readonly engines: Engines
  readonly configuration: NodeConfiguration
  readonly dataDirectory: string
  /** Rules and indicators that ship. */
  readonly contentDirectory: string
  readonly lifecycle: Lifecycle
  readonly clock: Clock
  readonly log: Log
  readonly link: Link
  readonly centre: Centre
  /** What of the events the parent asks for whole. */
  readonly monitoring: DirectMonitoring
  /** What the parent sets. */
  readonly settings: DirectedSettings
  /** Rule sets of the parent and of this node's own library. */
  readonly directed: DirectedRules
}

/**
 * The watching part of the node: rules in force first, then the line. What it raises enters this node's own
 * centre part and the outbox of the link, in the transaction that moves the line's checkpoint.
 */
export async function startStation(wiring: StationWiring): Promise<Station> {
  const { engines, configuration, dataDirectory, lifecycle, clock, log, link, centre, directed } =
    wiring
  const { identity, http } = engines
  const examiner = await lifecycle.start(
    'examiner',
    async () =>
      createExaminer({
        clock,
        log,
        size: configuration.station.workers ?? poolSizeHere(),
        indicatorDirectory: join(dataDirectory, 'indicator-details'),
        compiledRules: new CompiledRules(join(dataDirectory, 'compiled-rules')),
        largestIndicatorFile: configuration.rules.indicator_file_bytes,
      }),
    (pool) => pool.close(),
  )
  const rules = ruleService(wiring, examiner)
  await directed.restore()
  await rules.refresh()
  lifecycle.run('rules', (signal) => rules.run(signal))
  lifecycle.run('rule sets', (signal) => directed.run(rules, signal))
  serve(http, ruleApi, ruleHandlers(rules), centre.gate)
  engines.health.add('rules', () => rules.check())
  const enrichment = enrichmentService(wiring, examiner)
  await enrichment.refresh()
  lifecycle.run('enrichment', (signal) => enrichment.run(signal))
  engines.health.add('enrichment', () => enrichment.check())

  const station = createStation({
    ...engines,
    gate: centre.gate,
    examiner,
    openSpool: spoolOpener({
      bus: engines.bus,
      replicas: configuration.bus.replicas,
      name: identity.id,
      bytes: configuration.station.spool_bytes,
      reserveBytes: configuration.station.disk_reserve_bytes,
      dataDirectory,
      clock,
      log,
    }),
    ports: {
      onAlerts: async (tx, alerts) => {
        const home = await centre.organisations.home(tx)
        const origin = { node_id: identity.id, organisation_id: home?.id ?? '', station_id: null }
        await centre.receive(tx, origin, alerts)
        // Without a parent nobody reads findings.
        if (await link.outbox.room(tx, 'alerts')) {
          await link.outbox.append(
            tx,
            'alerts',
            alerts.map((one) => findingOf(wholeAlert(one))),
          )
        }
      },
      onEvents: (tx, stored) => wiring.monitoring.offer(tx, stored),
    },
    clock,
    log,
    node: { id: identity.id, simulated: configuration.node.simulated },
    software: `Hai Dang ${version}`,
    dataDirectory,
    behaviour: configuration.behaviour,
    correlation: configuration.correlation,
    listen: listenAt(
      configuration.station,
      intakeCredentials({
        station: configuration.station,
        keysDirectory: join(dataDirectory, 'keys'),
        nodeId: identity.id,
        clock,
      }),
    ),
    home: async () =>
      (await engines.database.transact(systemScope, (tx) => centre.organisations.home(tx)))?.id ??
      null,
    holidays: (tx) => centre.rules.book.holidays(tx, clock.iso()),
    silenceSeconds: () => wiring.settings.silenceSeconds(),
    ruleSet: () => rules.summary(),
    libraryRules: () => directed.report,
    linkWaiting: () => 0,
  })
  return station
}

const overHttp = ['elastic-bulk', 'splunk-hec', 'otlp-http', 'json-lines'] as const

function listenAt(
  station: NodeConfiguration['station'],
  credentials: ListenAt['streams']['credentials'],
): ListenAt {
  return {
    host: station.listen_host,
    syslogUdp: station.syslog_port,
    syslogTcp: station.syslog_port,
    elastic: station.elastic_port,
    hec: station.hec_port,
    otlp: station.otlp_port,
    jsonLines: station.json_lines_port,
    netflow: station.netflow_port,
    ipfix: station.ipfix_port,
    sflow: station.sflow_port,
    elasticVersion: station.elastic_version,
    streams: {
      syslogTls: station.syslog_tls_port,
      lumberjack: station.lumberjack_port,
      fluent: station.fluent_port,
      ipfixTcp: station.ipfix_port,
      fluentAccess: { sharedKey: station.fluent_shared_key, users: station.fluent_users },
      secured: new Set([
        ...(station.tls.lumberjack ? (['lumberjack'] as const) : []),
        ...(station.tls.fluent ? (['fluent-forward'] as const) : []),
        ...(station.tls.ipfix ? (['ipfix'] as const) : []),
        ...(station.tls.http ? overHttp : []),
      ]),
      credentials,
    },
  }
}

function ruleService(
  { configuration, contentDirectory, dataDirectory, centre, log }: StationWiring,
  examiner: ReturnType<typeof createExaminer>,
): RuleService {
  const extra = configuration.rules
  return new RuleService({
    examiner,
    log,
    rules: [
      { label: '', path: join(contentDirectory, 'rules'), required: true },
      { label: 'data', path: join(dataDirectory, 'rules'), required: false },
      ...extra.directories.map((path) => ({ label: path, path, required: true })),
      ...directedDirectories(dataDirectory),
    ],
    pipelines: extra.pipelines.map(pipelineFile),
    indicators: [
      ...(configuration.node.simulated
        ? [{ label: '', path: join(contentDirectory, 'indicators'), required: true }]
        : []),
      { label: 'data', path: join(dataDirectory, 'indicators'), required: false },
      ...extra.indicators.map((path) => ({ label: path, path, required: true })),
    ],
    hits: () => centre.alerts.hitsByRule(),
  })
}
