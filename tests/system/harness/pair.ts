import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sourceApi } from '@haidang/contracts/source-api'
import { type DemoNodePlan, demoPlan } from '@haidang/haidang/demo/demo-plan'
import { joinCentre, setUpNode } from '@haidang/haidang/demo/seed'
import { freePorts } from './free-ports.ts'
import { LiveNode } from './live-node.ts'
import { Relay } from './relay.ts'

/** A centre and a station joined to it, as real processes; what lies between them can be cut. */
export interface Pair extends AsyncDisposable {
  readonly centre: LiveNode
  readonly station: LiveNode
  readonly relay: Relay
  /** Where the station takes JSON lines of Zeek, and the token for it. */
  readonly intake: { readonly url: string; readonly token: string }
}

/** The centre's organisation and people. */
export const centrePlan = planOf('centre')
/** The station's organisation and people. */
export const ministryPlan = planOf('ministry')
/** Of one more station, where a test wants it. */
export const provincePlan = planOf('province')
/** Of everybody at both nodes. */
export const password = 'mat-khau-thu-nghiem'

/** Where a centre hands over its mails, and the address its links have. */
interface Mailing {
  readonly port: number
  readonly publicUrl: string
}

/**
 * Starts, sets up and joins both on free ports; `link` is more of the section `link` of both, `mailing` lets the
 * centre send mail.
 */
export async function startPair(
  link: Readonly<Record<string, number>> = {},
  mailing?: Mailing,
): Promise<Pair> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-pair-'))
  // Started by root, the database server runs as another user, who must get there.
  await chmod(directory, 0o711)
  const ports = await freePorts(6)
  const relay = await Relay.open(ports[1] ?? 0)
  const centre = new LiveNode(
    'centre',
    join(directory, 'centre'),
    configuration(
      ports.slice(0, 3),
      { ...link, public_address: `127.0.0.1:${relay.port}` },
      mailing,
    ),
  )
  const station = new LiveNode(
    'station',
    join(directory, 'station'),
    configuration(ports.slice(3), link),
  )
  const dispose = async () => {
    await Promise.all([centre.stop(), station.stop()])
    await relay.close()
    // For looking into a failure: HAIDANG_KEEP leaves data and logs behind.
    if (process.env['HAIDANG_KEEP'] === undefined) {
      await rm(directory, { recursive: true, force: true })
    }
  }
  try {
    await Promise.all([centre.start(), station.start()])
    const token = await joinThem(centre, station)
    const url = `${station.access.url}/ingest/v1/zeek`
    return { centre, station, relay, intake: { url, token }, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** One more station of the centre, started, set up and joined; whoever asks for it stops it. */
export async function addStation({ centre }: Pair, plan: DemoNodePlan): Promise<LiveNode> {
  const station = new LiveNode(
    plan.key,
    join(centre.directory, '..', plan.key),
    configuration(await freePorts(3), {}),
  )
  await station.start()
  await setUpNode(plan, station.access, password)
  await joinCentre(plan, station.access, centre.access, password)
  return station
}

async function joinThem(centre: LiveNode, station: LiveNode): Promise<string> {
  await setUpNode(centrePlan, centre.access, password)
  await setUpNode(ministryPlan, station.access, password)
  const { token } = await station.api(sourceApi).create({
    body: { name: 'zeek', collector: 'json-lines', format: 'zeek-json' },
  })
  await joinCentre(ministryPlan, station.access, centre.access, password)
  if (token === null) throw new Error('the source got no token')
  return token
}

function planOf(key: DemoNodePlan['key']): DemoNodePlan {
  const plan = demoPlan.find((each) => each.key === key)
  if (!plan) throw new Error(`the demonstration has no ${key}`)
  return plan
}

function configuration(
  [http, link, syslog]: readonly number[],
  more: Readonly<Record<string, number | string>>,
  mailing?: Mailing,
): string {
  return JSON.stringify({
    node: { simulated: true },
    http: { port: http, ...(mailing && { public_url: mailing.publicUrl }) },
    link: { port: link, heartbeat_seconds: 2, ...more },
    database: { pool_size: 6 },
    station: { syslog_port: syslog },
    ...(mailing && {
      mail: {
        from: 'haidang@soc.test',
        smtp: { host: '127.0.0.1', port: mailing.port, security: 'plain' },
      },
    }),
  })
}
