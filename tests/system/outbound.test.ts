import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { DemonstrationProcess } from './demonstration-process.ts'
import { until } from './harness/until.ts'
import { ClosedNetwork, whyNoNamespace } from './outbound-namespace.ts'
import { dataDirectory } from './start-station.ts'

const root = join(import.meta.dirname, '../..')
const portal = join(root, 'packages/portal/dist')
const mustRun = process.env['CI'] === 'true'
const why = whyNoNamespace()
if (why !== undefined) console.log(`not run: ${why}`)

let network: ClosedNetwork | undefined
let demonstration: DemonstrationProcess | undefined
let directory: string | undefined

afterEach(async () => {
  await demonstration?.stop()
  await network?.close()
  if (directory) await rm(directory, { recursive: true, force: true })
  demonstration = undefined
  network = undefined
  directory = undefined
})

test('where CI runs as root, a network of our own can be made', () => {
  expect(mustRun && process.getuid?.() === 0 ? why : undefined).toBeUndefined()
})

const leaving = {
  'a datagram':
    "require('node:dgram').createSocket('udp4').send('x', 53, '198.51.100.7', () => process.exit())",
  'a connection': "require('node:net').connect(443, '198.51.100.7').on('error', () => undefined)",
  'a connection by IPv6':
    "require('node:net').connect(443, '2001:db8::7').on('error', () => undefined)",
  'a name looked up': "require('node:dns').lookup('hai-dang.example', () => undefined)",
}

test.skipIf(why !== undefined).each(Object.entries(leaving))(
  '%s that would leave is noticed',
  async (_, program) => {
    network = await ClosedNetwork.open()
    expect(network.attempts()).toBe(0)
    network.run(process.execPath, '-e', program)
    expect(network.attempts()).toBeGreaterThan(0)
  },
)

test.skipIf(why !== undefined)(
  'with all outbound traffic blocked the demonstration starts, tells its story in the portal, and nothing tries to leave',
  { timeout: 300_000 },
  async () => {
    network = await ClosedNetwork.open()
    const closed = network
    directory = await dataDirectory()
    const main = join(root, 'packages/haidang/src/main.ts')
    const given = [main, 'demo', '--data', directory, '--port', '18080', '--speed', '4']
    demonstration = new DemonstrationProcess(closed.spawn(process.execPath, given), directory)
    await demonstration.ready()
    const access = join(directory, 'demo/centre/local-access.json')
    const { url, token } = JSON.parse(await readFile(access, 'utf8')) as Record<string, string>
    const get = (path: string) =>
      closed.run(
        process.execPath,
        '-e',
        `fetch(${JSON.stringify(`${url}${path}`)}, { headers: { authorization: 'Bearer ${token}' } }).then(async (r) => { if (!r.ok) throw new Error(r.status); process.stdout.write(await r.text()) })`,
      )
    await until('alerts of the story at the centre', 120_000, () => {
      const { items } = JSON.parse(get('/api/v1/alerts?limit=1')) as { items: unknown[] }
      return items.length > 0
    })
    expect(get('/readyz')).toContain('ok')
    if (existsSync(portal)) {
      const page = get('/')
      const scripts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
      expect(scripts.length).toBeGreaterThan(2)
      for (const path of scripts) expect(get(path).length).toBeGreaterThan(0)
    }
    expect(closed.attempts()).toBe(0)
  },
)

/** Addresses that nothing fetches, and why they stand there. */
const names = [
  // Names in the form of addresses: XML namespaces, JSON Schema dialects, Zod's check of an IPv6 address.
  /^https?:\/\/(?:www\.w3\.org\/|json-schema\.org\/|\[\$\{)/,
  // Where the texts of errors of React, Base UI and SimpleWebAuthn point a developer.
  /^https:\/\/(?:react\.dev\/errors\/|base-ui\.com\/production-error|simplewebauthn\.dev\/docs\/)/,
  // Tailwind's licence; the base of a parsed path.
  /^https?:\/\/(?:tailwindcss\.com$|localhost$|here\.invalid$)/,
  // Lines for senders to copy: the host is the station's own, put in when they are shown.
  /^https?:\/\/\$\{/,
]

test.skipIf(!existsSync(portal) && !mustRun)(
  'the built portal holds no address of another host',
  () => {
    const assets = readdirSync(portal, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:html|js|css|svg)$/.test(name),
    )
    expect(assets.length).toBeGreaterThan(5)
    const foreign = assets.flatMap((name) =>
      addressesIn(readFileSync(join(portal, name), 'utf8'))
        .filter((address) => !names.some((name) => name.test(address)))
        .map((address) => `${name}: ${address}`),
    )
    expect(foreign).toEqual([])
  },
)

/** Absolute addresses, and those that leave the scheme to the page. */
function addressesIn(text: string): string[] {
  const whole = text.matchAll(/\b(?:https?|wss?):\/\/[\w.[$]+[^\s"'`)<]*/g)
  const relative = text.matchAll(/(?:["'`(=]|url\()\s*(\/\/[\w-]+\.[\w.-]+)/g)
  return [...whole, ...relative].map(([all, host]) => host ?? all)
}
