import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { type HealthCheck, Readiness } from '@haidang/contracts/health'
import { type Clock, systemClock } from '@haidang/runtime/clock'
import { loadConfiguration } from '@haidang/runtime/configuration'
import { silentLog } from '@haidang/runtime/silent-log'
import type { Command } from 'commander'
import { readLocalAccess } from '../local-access.ts'
import { openNodeBlobs } from '../node-blobs.ts'
import { NodeConfiguration } from '../node-configuration.ts'
import { enrichmentService } from '../node-enrichment.ts'
import { busFindings } from './doctor-bus.ts'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'

type Finding = Pick<HealthCheck, 'name' | 'state'> & { cause: string; remedy: string }

/** `haidang doctor`: the checks of a running node, or those that can be made before it starts. */
export function addDoctorCommand(program: Command, io: CommandIo): void {
  dataOptions(io, program.command('doctor'))
    .description(
      'check this node: each line says what is wrong and what to do; exit code 1 on a failure',
    )
    .action(async (options: DataOptions) => {
      const access = await readLocalAccess(options.data)
      const findings =
        (access && (await askRunning(access.url))) ??
        (await beforeStart(options.data, io.environment))
      printRows(io, findings, ['name', 'state', 'cause', 'remedy'], options.json)
      if (findings.some(({ state }) => state === 'fail')) throw new Error('some checks failed')
    })
}

async function askRunning(url: string): Promise<Finding[] | undefined> {
  const response = await fetch(new URL('/readyz', url)).catch(() => undefined)
  if (!response) return undefined
  const { checks } = Readiness.parse(await response.json())
  return checks.map(({ name, state, cause, remedy }) => ({
    name,
    state,
    cause: cause.en,
    remedy: remedy.en,
  }))
}

async function beforeStart(
  dataDirectory: string,
  environment: CommandIo['environment'],
): Promise<Finding[]> {
  const findings: Finding[] = [
    {
      name: 'node',
      state: 'warn',
      cause: 'no node runs on this data directory',
      remedy: 'npm start',
    },
    await diskFinding(dataDirectory),
  ]
  const configured = await configurationOf(environment)
  if ('cause' in configured) findings.push(configured)
  else {
    const parts = { configuration: configured, dataDirectory, clock: systemClock }
    findings.push(await enrichmentFinding(parts), ...(await blobsFindings(parts)))
    findings.push(...(await busFindings(configured.bus)))
  }
  for (const port of [8080, 8443, 5514]) findings.push(await portFinding(port))
  return findings
}

interface Configured {
  readonly configuration: NodeConfiguration
  readonly dataDirectory: string
  readonly clock: Clock
}

async function configurationOf(
  environment: CommandIo['environment'],
): Promise<NodeConfiguration | Finding> {
  const file = resolve('haidang.yaml')
  try {
    return await loadConfiguration({ schema: NodeConfiguration, file, environment })
  } catch (error) {
    return fault('configuration', error)
  }
}

/** Files events would be enriched with, as the configuration of this directory names them. */
async function enrichmentFinding(parts: Configured): Promise<Finding> {
  const name = 'enrichment'
  try {
    const contentDirectory = join(import.meta.dirname, '../../../../content')
    const ready = { ...parts, contentDirectory, log: silentLog }
    const service = enrichmentService(ready, { enrich: async () => {} })
    await service.refresh()
    const { state, cause, remedy } = await service.check()
    return { name, state, cause: cause.en, remedy: remedy.en }
  } catch (error) {
    return fault(name, error)
  }
}

/** Whether the file store of the configuration can be used; nothing where files lie on this machine. */
async function blobsFindings(parts: Configured): Promise<Finding[]> {
  const name = 'blobs'
  try {
    const files = await openNodeBlobs(parts)
    const finding = await files.health?.()
    files.close()
    if (!finding) return []
    return [{ name, state: finding.state, cause: finding.cause.en, remedy: finding.remedy.en }]
  } catch (error) {
    return [fault(name, error)]
  }
}

function fault(name: string, error: unknown): Finding {
  const cause = error instanceof Error ? error.message : String(error)
  return { name, state: 'fail', cause, remedy: 'correct haidang.yaml' }
}

async function diskFinding(dataDirectory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDirectory).catch(() => statfs('.'))
  const gigabytes = (bavail * bsize) / 2 ** 30
  const state = gigabytes < 1 ? 'fail' : gigabytes < 10 ? 'warn' : 'ok'
  return {
    name: 'disk',
    state,
    cause: `${gigabytes.toFixed(1)} GB free`,
    remedy: state === 'ok' ? '' : 'free disk, or put the data elsewhere with --data',
  }
}

async function portFinding(port: number): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
  return {
    name: `port ${port}`,
    state: free ? 'ok' : 'fail',
    cause: free ? 'free' : 'another program uses it',
    remedy: free ? '' : 'stop it, or choose another port in haidang.yaml',
  }
}
