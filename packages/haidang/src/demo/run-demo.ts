import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lockDataDirectory } from '@haidang/runtime/data-directory'
import { signedInSender } from '../api-sender.ts'
import { ChildNode } from '../child-node.ts'
import type { LocalAccess } from '../local-access.ts'
import { describeStation, planStation } from './demo-estate.ts'
import { fillRegister } from './demo-organisations.ts'
import { demoPlan } from './demo-plan.ts'
import { replayStory } from './demo-replay.ts'
import { type DemoState, openDemoState, saveDemoState } from './demo-state.ts'
import { registerSystems } from './demo-systems.ts'
import { addSources, joinCentre, setUpNode } from './seed.ts'
import { tellFirstChapter } from './story.ts'

interface DemoOptions {
  readonly dataDirectory: string
  /** Of the centre’s portal; undefined: the one it had, or 8080. */
  readonly port: number | undefined
  /** How fast the story is told; 1 shows all of it within a minute. */
  readonly speed: number
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

type Accesses = ReadonlyMap<string, LocalAccess>

/** Runs the demonstration network until the signal aborts: four nodes, seeded once, fed by the replay. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { dataDirectory, port, say, signal } = options
  await mkdir(dataDirectory, { recursive: true })
  await using _lock = await lockDataDirectory(dataDirectory)
  const state = await openDemoState(
    dataDirectory,
    demoPlan.map(({ key }) => key),
    port,
  )
  const nodes = demoPlan.flatMap(({ key }) => {
    const ports = state.nodes[key]
    return ports
      ? [
          new ChildNode({
            name: key,
            directory: join(dataDirectory, key),
            configuration: demoConfiguration(ports),
          }),
        ]
      : []
  })
  try {
    await run(state, nodes, options)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    say('Stopping …')
    await Promise.all(nodes.map((node) => node.stop()))
  }
}

async function run(
  state: DemoState,
  nodes: readonly ChildNode[],
  { dataDirectory, speed, say, signal }: DemoOptions,
): Promise<void> {
  say('Starting four nodes …')
  let accesses = await startAll(nodes, signal)
  if (!state.seeded) {
    if ([...accesses.values()].some(isSetUp)) {
      say('The set-up was interrupted the last time; beginning anew …')
      accesses = await startAnew(nodes, signal)
    }
    say('Setting up organisations, people and links …')
    await unlessAborted(seed(state, accesses), signal)
    await saveDemoState(dataDirectory, { ...state, seeded: true })
  }
  void firstChapter(need(accesses, 'centre'), state, signal).catch((error: unknown) =>
    say(`The scripted chapter stopped: ${error instanceof Error ? error.message : error}`),
  )
  announce(state, say)
  await replayStory(state, { speed, say, signal })
  await untilAborted(signal)
}

/** Settles as the work does, or throws when the signal aborts first; what becomes of the work then nobody hears. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** All of them or none: when one does not start, the others are begun no further. */
async function startAll(nodes: readonly ChildNode[], signal: AbortSignal): Promise<Accesses> {
  const failure = new AbortController()
  const either = AbortSignal.any([signal, failure.signal])
  const starts = nodes.map(async (node) => [node.name, await node.start(either)] as const)
  try {
    return new Map(await Promise.all(starts))
  } catch (error) {
    failure.abort(error)
    await Promise.allSettled(starts)
    throw error
  }
}

/** Half a set-up cannot be gone on with: nobody kept its password. Nothing but it is lost. */
async function startAnew(nodes: readonly ChildNode[], signal: AbortSignal): Promise<Accesses> {
  // They have ended what a killed run left behind, and end what they started themselves.
  await Promise.all(nodes.map((node) => node.stop()))
  await Promise.all(nodes.map((node) => rm(node.directory, { recursive: true, force: true })))
  return startAll(nodes, signal)
}

/** The token for the first set-up is there until it has been used. */
function isSetUp({ setup_token }: LocalAccess): boolean {
  return setup_token === null
}

async function firstChapter(
  { url }: LocalAccess,
  { password }: DemoState,
  signal: AbortSignal,
): Promise<void> {
  const people = demoPlan.find(({ key }) => key === 'centre')?.people ?? []
  const coordinator = people.find(({ role }) => role === 'coordinator')
  if (!coordinator) throw new Error('the centre of the demonstration has no coordinator')
  await tellFirstChapter(await signedInSender(url, coordinator.email, password), signal)
}

async function seed(state: DemoState, accesses: Accesses): Promise<void> {
  const centre = need(accesses, 'centre')
  await Promise.all(
    demoPlan.map(async (plan) => {
      const access = need(accesses, plan.key)
      await setUpNode(plan, access, state.password)
      const tokens = await addSources(access)
      Object.assign(state.nodes[plan.key]?.tokens ?? {}, tokens)
    }),
  )
  for (const plan of demoPlan.slice(1)) {
    const id = await joinCentre(plan, need(accesses, plan.key), centre, state.password)
    await registerSystems(plan.key, id, centre)
    await describeStation(plan.key, id, centre)
  }
  await planStation(centre)
  await fillRegister(centre)
}

function demoConfiguration(ports: DemoState['nodes'][string]): string {
  return [
    'node:',
    '  simulated: true',
    'http:',
    `  port: ${ports?.http_port}`,
    'link:',
    `  port: ${ports?.link_port}`,
    'database:',
    '  pool_size: 6',
    'station:',
    `  syslog_port: ${ports?.syslog_port}`,
    '',
  ].join('\n')
}

function need(accesses: Accesses, key: string): LocalAccess {
  const access = accesses.get(key)
  if (!access) throw new Error(`no node ${key} in the demonstration`)
  return access
}

function announce(state: DemoState, say: (text: string) => void): void {
  say('')
  say('Mạng trình diễn đã sẵn sàng · The demonstration network is ready')
  for (const plan of demoPlan) {
    say(`  ${plan.node_name.padEnd(32)} http://127.0.0.1:${state.nodes[plan.key]?.http_port}`)
    for (const { email, role } of [...plan.people, plan.administrator]) {
      say(`      ${role.padEnd(14)} ${email}`)
    }
  }
  say(`  Mật khẩu chung · password of all: ${state.password}`)
  say('')
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
