// Runs under any Node ≥ 20 on a bare clone: plain JavaScript, nothing but Node's own modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const installStamp = join(modules, '.haidang-installed')
const portal = join(root, 'packages/portal')
const portalStamp = join(portal, 'dist/.built-from')

/** The pinned Node of this project, from npm. */
export const pinnedNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

/** Installs the packages of package-lock.json unless exactly they are there. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) fail(`Node ${process.versions.node} is too old. Install Node 20 or newer.`)
  const wanted = hashOf([join(root, 'package-lock.json'), ...manifests()])
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return
  say('Installing packages (npm ci); the first time takes a minute or two …')
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (done.status !== 0)
    fail('npm ci failed: see its message above. Is the npm registry reachable?')
  if (!existsSync(pinnedNode)) {
    fail(
      'The pinned Node was not installed. Allow install scripts (npm config get ignore-scripts) and start again.',
    )
  }
  writeFileSync(installStamp, wanted)
}

/** Builds the portal unless the build at hand was made from these very sources. */
export function ensurePortal() {
  const sources = [
    ...filesBelow(join(portal, 'src')),
    ...filesBelow(join(portal, 'public')),
    ...filesBelow(join(root, 'packages/contracts/src')),
    ...['package.json', 'vite.config.ts', 'lingui.config.ts', 'index.html'].map((name) =>
      join(portal, name),
    ),
    join(root, 'package-lock.json'),
  ]
  const wanted = hashOf(sources.filter((file) => existsSync(file)))
  if (existsSync(portalStamp) && readFileSync(portalStamp, 'utf8') === wanted) return
  say('Building the portal …')
  const done = spawnSync(
    pinnedNode,
    [join(modules, 'vite/bin/vite.js'), 'build', '--logLevel', 'error'],
    {
      cwd: portal,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  if (done.status !== 0) fail('The portal could not be built: see the message above.')
  mkdirSync(join(portal, 'dist'), { recursive: true })
  writeFileSync(portalStamp, wanted)
}

/** Runs a program under the pinned Node with our PATH and ends this process with its exit code. */
export function become(args, environment = {}) {
  const done = spawnSync(pinnedNode, args, {
    cwd: process.cwd(),
    stdio: 'inherit',
    env: withPath({ ...process.env, ...environment }),
  })
  process.exit(done.status ?? 1)
}

/** An environment in which `node` and the tools of this project are found first and start from compiled code. */
export function withPath(environment) {
  const separator = process.platform === 'win32' ? ';' : ':'
  return {
    NODE_COMPILE_CACHE: join(modules, '.cache/compiled'),
    ...environment,
    PATH: `${join(modules, '.bin')}${separator}${environment.PATH ?? ''}`,
  }
}

export function say(text) {
  process.stderr.write(`${text}\n`)
}

export function fail(text) {
  say(text)
  process.exit(1)
}

function manifests() {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name, 'package.json'))
    .filter((file) => existsSync(file))
    .sort()
}

function filesBelow(directory) {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile())
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}
