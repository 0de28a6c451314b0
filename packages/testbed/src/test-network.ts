import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import { apiSender } from '@haidang/haidang/api-sender'
import { type DemoNodePlan, demoPlan } from '@haidang/haidang/demo/demo-plan'
import { addSources, joinCentre, setUpNode } from '@haidang/haidang/demo/seed'
import { type LocalAccess, readLocalAccess } from '@haidang/haidang/local-access'
import { startNode } from '@haidang/haidang/node'
import { type Clock, systemClock } from '@haidang/runtime/clock'

/** One node of the network, and the ways to it. */
export interface TestNode {
  readonly plan: DemoNodePlan
  readonly access: LocalAccess
  readonly organisation_id: string
  /** Tokens of its json-lines sources by name. */
  readonly tokens: Record<string, string>
  /** A typed client with the rights of the owner of its data directory. */
  api<A extends Api>(api: A): Client<A>
  /** The same as one of its people, by role. */
  signIn(role: string): Promise<{ cookie: string }>
}

export interface TestNetwork extends AsyncDisposable {
  readonly centre: TestNode
  readonly password: string
  station(key: DemoNodePlan['key']): TestNode
}

interface NetworkOptions {
  readonly stations?: readonly DemoNodePlan['key'][]
  readonly clock?: Clock
}

const password = 'mat-khau-thu-nghiem'

/** A centre and its stations in this very process, seeded, on free ports: the demonstration network, for tests. */
export async function testNetwork(options: NetworkOptions = {}): Promise<TestNetwork> {
  const { stations = ['ministry'], clock = systemClock } = options
  const directory = await mkdtemp(join(tmpdir(), 'haidang-network-'))
  const stop = new AbortController()
  const running: Promise<void>[] = []
  const plans = demoPlan.filter(({ key }) => key === 'centre' || stations.includes(key))
  const nodes = new Map<string, TestNode>()
  for (const plan of plans) {
    const node = await start(plan)
    nodes.set(plan.key, node)
    const centre = nodes.get('centre')
    if (centre && plan.key !== 'centre')
      await joinCentre(plan, node.access, centre.access, password)
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
        HAIDANG__STATION__SYSLOG_PORT: '0',
        HAIDANG__LOG__LEVEL: 'error',
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
      tokens,
      api: (api) => createClient(api, apiSender(access.url, access.token)),
      signIn: (role) => signIn(plan, access, role),
    }
  }
}

async function signIn(
  plan: DemoNodePlan,
  access: LocalAccess,
  role: string,
): Promise<{ cookie: string }> {
  const person = [plan.administrator, ...plan.people].find((each) => each.role === role)
  const response = await fetch(new URL('/api/v1/session', access.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: access.url },
    body: JSON.stringify({ email: person?.email, password }),
  })
  if (!response.ok) throw new Error(await response.text())
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ')
  return { cookie }
}
