import { join } from 'node:path'
import { atMost } from '@haidang/link/boxes/box-quota'
import { defaultQuotas, type ReleaseGate } from '@haidang/link/boxes/outbox'
import { outboxHealth } from '@haidang/link/boxes/outbox-health'
import { type Link, openLink } from '@haidang/link/open-link'
import type { HomeOrganisation } from '@haidang/link/parent/join-parts'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { NodeConfiguration } from './node-configuration.ts'
import type { Engines } from './node-engines.ts'
import { version } from './version.ts'

interface NodeLinkParts {
  readonly engines: Engines
  readonly configuration: NodeConfiguration
  readonly dataDirectory: string
  readonly clock: Clock
  readonly log: Log
  /** The owner's policy about what leaves. */
  readonly release: ReleaseGate
  /** Seconds between two heartbeats, if the parent sets them. */
  readonly heartbeatSeconds: () => number | undefined
  /** The node's name of the moment; it changes at set-up. */
  readonly nodeName: () => string
  readonly home: (tx: Tx) => Promise<HomeOrganisation | undefined>
  readonly nameOf: (tx: Tx, organisationId: string) => Promise<string>
}

/** Both ends of this node's link as its configuration wants them, not yet listening nor dialling. */
export async function openNodeLink(parts: NodeLinkParts): Promise<Link> {
  const { engines, configuration, dataDirectory, clock, log, release, home, nameOf } = parts
  const { outbox_records, bulk_bytes, bulk_drop, certificate_days, public_address } =
    configuration.link
  const { heartbeat_seconds, silent_after_seconds } = configuration.link
  const link = await openLink({
    ...engines,
    clock,
    log,
    release,
    home,
    nameOf,
    keysDirectory: join(dataDirectory, 'keys'),
    publicUrl: public_address === undefined ? undefined : `https://${public_address}`,
    certificateDays: certificate_days,
    heartbeatSeconds: () => parts.heartbeatSeconds() ?? heartbeat_seconds,
    silentAfterSeconds: silent_after_seconds,
    quotas: {
      ...defaultQuotas,
      alerts: atMost(outbox_records),
      events: { ...defaultQuotas.events, bytes: bulk_bytes, gives: bulk_drop },
    },
    random: Math.random,
    node: {
      id: engines.identity.id,
      get name() {
        return parts.nodeName()
      },
      software: `Hai Dang ${version}`,
      capabilities: ['alerts', 'events', 'health', 'messages', 'rules', 'configuration'],
      simulated: configuration.node.simulated,
    },
  })
  engines.health.add('outbox', async () => {
    return outboxHealth((await link.child.state()).lanes, clock.now())
  })
  return link
}
