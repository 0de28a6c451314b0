import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ChildNode } from '@haidang/haidang/child-node'
import { type DemoNodePlan, demoPlan } from '@haidang/haidang/demo/demo-plan'
import { DemoState } from '@haidang/haidang/demo/demo-state'
import type { LocalAccess } from '@haidang/haidang/local-access'
import { type SignedIn, signedIn } from '@haidang/testbed/signed-in'
import { freePorts } from '../system/harness/free-ports.ts'

type NodeKey = DemoNodePlan['key']

/** A running demonstration network, and a node beside it that nobody has set up. */
export interface Demonstration extends AsyncDisposable {
  readonly fresh: LocalAccess
  urlOf(key: NodeKey): string
  signIn(key: NodeKey, role: string): Promise<SignedIn>
}

/** How long the story may take from an empty directory, in milliseconds. */
const patience = 300_000

/** Starts the demonstration as a person would, in a directory of its own, and waits until its story is told. */
export async function startDemonstration(say: (text: string) => void): Promise<Demonstration> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-pictures-'))
  const main = join(import.meta.dirname, '../../packages/haidang/src/main.ts')
  const demo = spawn(
    process.execPath,
    [main, 'demo', '--data', directory, '--port', String((await freePorts(1))[0])],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await told(demo, say)
  const fresh = new ChildNode({
    name: 'fresh',
    directory: join(directory, 'fresh'),
    configuration: 'http: { port: 0 }\nlink: { port: 0 }\nstation: { syslog_port: 0 }\n',
  })
  const access = await fresh.start(AbortSignal.timeout(patience))
  const state = DemoState.parse(
    JSON.parse(await readFile(join(directory, 'demo', 'demo.json'), 'utf8')),
  )
  const urlOf = (key: NodeKey) => `http://127.0.0.1:${state.nodes[key]?.http_port}`
  return {
    fresh: access,
    urlOf,
    signIn: (key, role) => signedIn(urlOf(key), emailOf(key, role), state.password),
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => demo.once('exit', resolve))
      demo.kill('SIGTERM')
      await Promise.all([ended, fresh.stop()])
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function emailOf(key: NodeKey, role: string): string {
  const plan = demoPlan.find((node) => node.key === key)
  const people = plan ? [plan.administrator, ...plan.people] : []
  return people.find((person) => person.role === role)?.email ?? ''
}

function told(demo: ChildProcess, say: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the story was not told in time')), patience)
    demo.once('exit', (code) => reject(new Error(`the demonstration ended with ${code}`)))
    if (!demo.stdout) throw new Error('the demonstration has no output')
    createInterface(demo.stdout).on('line', (line) => {
      say(line)
      if (!line.includes('The story is told')) return
      clearTimeout(late)
      resolve()
    })
  })
}
