import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import { apiSender } from '@haidang/haidang/api-sender'
import { type DemoNodePlan, type DemoPerson, demoPlan } from '@haidang/haidang/demo/demo-plan'
import { addSources, joinCentre, setUpNode } from '@haidang/haidang/demo/seed'
import { type LocalAccess, readLocalAccess } from '@haidang/haidang/local-access'
import { startNode } from '@haidang/haidang/node'
import { HttpBatchSender } from '@haidang/replay/send/http-batch-sender'
import { type Clock, systemClock } from '@haidang/runtime/clock'
import { type SignedIn, signedIn } from './signed-in.ts'

/** One node of the network, and the ways to it. */
export interface TestNode {
  readonly plan: DemoNodePlan
  readonly access: LocalAccess
  readonly organisation_id: string
  /** A typed client with the rights of the owner of its data directory. */
  api<A extends Api>(api: A): Client<A>
  /** One of its people, by role. */
  person(role: string): DemoPerson
  /** The same with a session. */
  signIn(role: string): Promise<SignedIn>
  /** Sends records, one a line, to one of its json-lines sources; resolves when they are acknowledged. */
  feed(source: string, records: readonly string[]): Promise<void>
}

export interface TestNetwork extends AsyncDisposable {
  /** Of everybody in it. */
  readonly password: string
  readonly centre: TestNode
  station(key: DemoNodePlan['key']): TestNode
}

interface NetworkOptions {
  readonly stations?: readonly DemoNodePlan['key'][]
  /** Whom a station joins where it is not the centre; the parent stands before it in the plan. */
  readonly parents?: Partial<Record<DemoNodePlan['key'], DemoNodePlan['key']>>
  readonly clock?: Clock
  /** More of the configuration of every node, as variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>
}

const password = 'mat-khau-thu-nghiem'

/** A centre and its stations in this very process, seeded, on free ports: the demonstration network, for tests. */
export async function testNetwork(options: NetworkOptions = {}): Promise<TestNetwork> {
  const { stations = ['ministry'], parents = {}, clock = systemClock, environment = {} } = options
  const directory = await mkdtemp(join(tmpdir(), 'haidang-network-'))
  const stop = new AbortController()
  const running: Promise<void>[] = []
  const plans = demoPlan.filter(({ key }) => key === 'centre' || stations.includes(key))
  const nodes = new Map<string, TestNode>()
  for (const plan of plans) {
    const node = await start(plan)
    nodes.set(plan.key, node)
    const parent = nodes.get(parents[plan.key] ?? 'centre')
    if (parent && plan.key !== 'centre')
      await joinCentre(plan, node.access, parent.access, password)
  }
  const find = (key: string) => {
    const node = nodes.get(key)
    if (!node) throw new Error(`no node ${key} in this network`)
    return node
  }
  return {
    password,
    centre: find('centre'),
    station: find,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(running)
      await rm(directory, { recursive: true, force: true })
    },
  }

  async function start(plan: DemoNodePlan): Promise<TestNode> {
    const dataDirectory = join(directory, plan.key)
    const started = await startNode({
      dataDirectory,
      configurationFile: join(directory, 'none.yaml'),
      environment: {
        HAIDANG__NODE__SIMULATED: 'true',
        HAIDANG__HTTP__PORT: '0',
        HAIDANG__LINK__PORT: '0',
        HAIDANG__LINK__HEARTBEAT_SECONDS: '2',
        HAIDANG__STATION__SYSLOG_PORT: '0',
        HAIDANG__STATION__ELASTIC_PORT: '0',
        HAIDANG__LOG__LEVEL: 'error',
        ...environment,
      },
      say: () => undefined,
      signal: stop.signal,
      clock,
    })
    running.push(started.stopped)
    const access = await readLocalAccess(dataDirectory)
    if (!access) throw new Error(`node ${plan.key} left no word of itself`)
    const organisation_id = await setUpNode(plan, access, password)
    const tokens = await addSources(access)
    return {
      plan,
      access,
      organisation_id,
      api: (api) => createClient(api, apiSender(access.url, access.token)),
      person: (role) => personIn(plan, role),
      signIn: (role) => signedIn(access.url, personIn(plan, role).email, password),
      feed: (source, records) => feed(access, source, tokens[source] ?? '', records),
    }
  }
}

function personIn({ key, administrator, people }: DemoNodePlan, role: string): DemoPerson {
  const person = [administrator, ...people].find((each) => each.role === role)
  if (!person) throw new Error(`nobody is ${role} at ${key}`)
  return person
}

/** A station that has just started asks its senders to come back, so this comes back. */
async function feed(
  { url }: LocalAccess,
  source: string,
  token: string,
  records: readonly string[],
): Promise<void> {
  const sender = new HttpBatchSender({
    wire: 'json-lines',
    target: { url: `${url}/ingest/v1/${source}`, token },
    keyPrefix: randomUUID(),
    batchRecords: 500,
    parallel: 1,
    linger: 50,
    signal: AbortSignal.timeout(60_000),
  })
  for (const record of records) await sender.send(record)
  await sender.close()
  const { acknowledged, sent } = sender.counts()
  if (acknowledged < sent)
    throw new Error(`${source} acknowledged ${acknowledged} of ${sent} records`)
}
