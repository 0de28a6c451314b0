import { join } from 'node:path'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { WatchedDirectory } from '@haidang/station/detect/rule-files'
import {
  type EnrichmentPlaces,
  EnrichmentService,
  type EnrichmentServiceParts,
} from '@haidang/station/enrich/enrichment-service'
import type { EnrichmentSettings } from '@haidang/station/enrich/load-enrichment'
import type { NodeConfiguration } from './node-configuration.ts'

interface EnrichmentWiring {
  readonly configuration: NodeConfiguration
  readonly dataDirectory: string
  /** Lists that ship. */
  readonly contentDirectory: string
  readonly clock: Clock
  readonly log: Log
}

/** What events of this node are enriched with: files of the data directory and those configured. */
export function enrichmentService(
  { configuration, dataDirectory, contentDirectory, clock, log }: EnrichmentWiring,
  examiner: EnrichmentServiceParts['examiner'],
): EnrichmentService {
  return new EnrichmentService({
    examiner,
    places: placesOf(configuration, dataDirectory, contentDirectory),
    settings: settingsOf(configuration),
    staleDays: configuration.station.enrichment.stale_days,
    clock,
    log,
  })
}

/** Where files of enrichment lie. A demonstration lives in documentation addresses, which are no false alarms there. */
function placesOf(
  { node, station }: NodeConfiguration,
  dataDirectory: string,
  contentDirectory: string,
): EnrichmentPlaces {
  const { databases, systems, known_good } = station.enrichment
  const shipped = { label: '', path: join(contentDirectory, 'known-good'), required: true }
  const beside = (name: string, more: readonly string[]): WatchedDirectory[] => [
    { label: 'data', path: join(dataDirectory, 'enrichment', name), required: false },
    ...more.map((path) => ({ label: path, path, required: true })),
  ]
  return {
    databases: beside('databases', databases),
    systems: beside('systems', systems),
    knownGood: [...(node.simulated ? [] : [shipped]), ...beside('known-good', known_good)],
  }
}

function settingsOf({ station }: NodeConfiguration): EnrichmentSettings {
  const { own_networks, lower_known_good, lease_hours } = station.enrichment
  return {
    ownNetworks: own_networks,
    lowerKnownGood: lower_known_good,
    leaseHours: lease_hours,
  }
}
