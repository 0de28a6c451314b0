import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { access, chmod, chown, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { freePorts, portOf } from './harness/free-ports.ts'
import { engineOf, isAlive } from './harness/node-processes.ts'
import { until } from './harness/until.ts'
import { dataDirectory } from './start-station.ts'

const root = join(import.meta.dirname, '../..')
const main = join(root, 'packages/haidang/src/main.ts')
const nobody = 65_534
const patience = 120_000
const isLinux = process.platform === 'linux'

const running: ChildProcess[] = []
let directory: string | undefined

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  if (directory) await rm(directory, { recursive: true, force: true })
  directory = undefined
})

interface Called {
  readonly data: string
  readonly configuration: string
  readonly user?: number
}

/** A new place for data with a configuration beside it. */
async function place(sections: object): Promise<Called> {
  directory = await dataDirectory()
  const configuration = join(directory, 'haidang.yaml')
  await writeFile(configuration, JSON.stringify(sections))
  return { data: join(directory, 'data'), configuration }
}

async function onFreePorts() {
  const [http, link, syslog] = await freePorts(3)
  return {
    http: { port: http },
    link: { port: link },
    station: { syslog_port: syslog },
  }
}

function call({ data, configuration, user }: Called): ChildProcess {
  const child = spawn(
    process.execPath,
    [main, 'start', '--data', data, '--config', configuration],
    { stdio: ['ignore', 'pipe', 'pipe'], ...(user === undefined ? {} : { uid: user, gid: user }) },
  )
  running.push(child)
  return child
}

/** Starts a node and waits until it says where to look. */
async function start(called: Called): Promise<ChildProcess> {
  const child = call(called)
  const said: string[] = []
  const listen = (bytes: Buffer) => said.push(bytes.toString())
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  await until('the node to say where to look', patience, () => {
    if (child.exitCode !== null) throw new Error(said.join(''))
    return /http:\/\/127\.0\.0\.1:\d+\/setup#token=/.test(said.join(''))
  })
  return child
}

/** A start that is expected to be refused: its exit code and what it wrote to standard error. */
async function refusedStart(called: Called): Promise<{ code: number | null; words: string }> {
  const child = call(called)
  if (!child.stderr) throw new Error('no standard error')
  const [words, [code]] = await Promise.all([
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { code, words }
}

test('a second start on the same data is refused and told who has it; a killed run leaves nothing that keeps the next from starting', {
  timeout: 3 * patience,
}, async () => {
  const called = await place(await onFreePorts())
  const first = await start(called)
  const { code, words } = await refusedStart({
    ...called,
    configuration: (await withOtherPorts(called)).configuration,
  })
  expect(code).toBe(1)
  expect(words).toContain(`Process ${first.pid} uses ${called.data}`)
  expect(words).toContain('choose another data directory')

  const { pid = 0 } = first
  const engines = isLinux
    ? (['events', 'database'] as const).map((kind) => engineOf(pid, kind))
    : []
  expect(engines).not.toContain(undefined)
  const gone = once(first, 'exit')
  first.kill('SIGKILL')
  await gone
  await start(called)
  expect(engines.filter((engine) => engine !== undefined && isAlive(engine))).toEqual([])
})

async function withOtherPorts(called: Called): Promise<Called> {
  const configuration = `${called.configuration}.other`
  await writeFile(configuration, JSON.stringify(await onFreePorts()))
  return { ...called, configuration }
}

test('a port that is taken is named with the key that chooses it', {
  timeout: patience,
}, async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  const port = portOf(taken)
  const sections = await onFreePorts()
  try {
    const { code, words } = await refusedStart(await place({ ...sections, http: { port } }))
    expect(code).toBe(1)
    expect(words).toContain(`port ${port} (http.port) is used by another program`)
  } finally {
    taken.close()
  }
})

test('a wrong key of the configuration is refused with the one that was meant, before anything starts', async () => {
  const called = await place({ http: { prot: 8080 } })
  const { code, words } = await refusedStart(called)
  expect(code).toBe(1)
  expect(words).toContain('http.prot')
  expect(words).toContain('did you mean port?')
  expect(existsSync(called.data)).toBe(false)
})

test('a demonstration killed while it is set up begins anew at the next start', {
  timeout: 4 * patience,
}, async () => {
  directory = await dataDirectory()
  const [port] = await freePorts(1)
  const first = demonstrate(directory, port)
  const centre = `http://127.0.0.1:${port}`
  const isSetUp = async () => {
    const setup = await fetch(`${centre}/api/v1/setup`)
    return !((await setup.json()) as { needed: boolean }).needed
  }
  await until('the centre to be set up', patience, isSetUp)
  expect(first.said()).not.toContain(centre)
  const gone = once(first.child, 'exit')
  first.child.kill('SIGKILL')
  await gone
  const second = demonstrate(directory, port)
  await until('the demonstration to begin anew', patience, () =>
    second.said().includes('beginning anew'),
  )
  // That it gets ready is what the demonstration in a closed network shows (outbound.test.ts).
  await until('the centre to be set up again', patience, isSetUp)
})

/** Starts the demonstration network; `said` is what it has written so far. */
function demonstrate(data: string, port: number | undefined) {
  const child = spawn(process.execPath, [main, 'demo', '--data', data, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  const said: string[] = []
  child.stdout?.on('data', (bytes: Buffer) => said.push(bytes.toString()))
  return { child, said: () => said.join('') }
}

const whyNoOther = await whyNotAsNobody()
if (whyNoOther !== undefined) console.log(`not run as another user: ${whyNoOther}`)

test.skipIf(whyNoOther !== undefined)(
  'an ordinary user can start it, in a directory of their own',
  { timeout: 2 * patience },
  async () => {
    const called = await place(await onFreePorts())
    await mkdir(called.data)
    await chown(called.data, nobody, nobody)
    await chmod(called.configuration, 0o644)
    const child = await start({ ...called, user: nobody })
    if (isLinux) expect(engineOf(child.pid ?? 0, 'database')).toBeDefined()
  },
)

/** Only root can become another user, who must be able to read this checkout; an ordinary user has run all the others. */
async function whyNotAsNobody(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'this is an ordinary user already'
  const child = spawn(
    process.execPath,
    ['-e', `require('node:fs').accessSync(${JSON.stringify(main)})`],
    {
      uid: nobody,
      gid: nobody,
      stdio: 'ignore',
    },
  )
  const code = await new Promise((done) => {
    child.once('exit', done)
    child.once('error', () => done(1))
  })
  await access(main, constants.R_OK)
  return code === 0 ? undefined : 'the checkout lies where other users cannot read it'
}
