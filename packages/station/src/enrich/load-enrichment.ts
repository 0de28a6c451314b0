import { readFile, stat } from 'node:fs/promises'
import { parseForeignJson } from '@haidang/contracts/json-nesting'
import { networkText, readNetwork } from '@haidang/detection/ip-address'
import { type FoundFile, fingerprintOf } from '../detect/rule-files.ts'
import type { EnrichmentTables } from './enrichment-tables.ts'
import { buildKnownGood, KnownGoodList } from './known-good.ts'
import { Mmdb, type MmdbFacts } from './mmdb.ts'
import { readSystems } from './system-files.ts'

/** What an operator sets besides files. */
export interface EnrichmentSettings {
  readonly ownNetworks: readonly string[]
  readonly lowerKnownGood: boolean
  readonly leaseHours: number
}

/** Files as found, by what they hold. */
export interface EnrichmentFiles {
  readonly databases: readonly FoundFile[]
  readonly systems: readonly FoundFile[]
  readonly knownGood: readonly FoundFile[]
}

/** A database in force. */
export interface LoadedDatabase extends MmdbFacts {
  /** As shown. */
  readonly name: string
}

export interface LoadedEnrichment {
  readonly tables: EnrichmentTables
  readonly databases: readonly LoadedDatabase[]
  readonly systems: number
  readonly knownGoodValues: number
  /** Files and lines that are not used, and why. */
  readonly problems: readonly string[]
}

const mebibyte = 1_048_576
/** Larger than any database of countries, cities or systems in use. */
const largestDatabase = 1_024 * mebibyte
const largestTable = 64 * mebibyte
const largestLists = 256 * mebibyte

/** Reads all files. One that cannot be used is left out and said; the others count. */
export async function loadEnrichment(
  files: EnrichmentFiles,
  settings: EnrichmentSettings,
): Promise<LoadedEnrichment> {
  const problems: string[] = []
  const tolerated = async <T>(file: FoundFile, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read()
    } catch (error) {
      problems.push(`${file.shown}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  const databases = []
  for (const file of files.databases) {
    const read = await tolerated(file, () => readDatabase(file))
    if (read !== undefined) databases.push({ name: file.shown, ...read })
  }
  const systems = []
  for (const file of files.systems) {
    const read = await tolerated(file, async () =>
      readSystems(file.shown, await textOf(file, largestTable)),
    )
    systems.push(...(read?.entries ?? []))
    problems.push(...(read?.problems ?? []))
  }
  const lists: KnownGoodList[] = []
  let left = largestLists
  for (const file of files.knownGood) {
    const list = await tolerated(file, () => readList(file, left))
    if (list !== undefined) lists.push(list)
    left -= list === undefined ? 0 : file.size
  }
  const version = fingerprintOf([...files.databases, ...files.systems, ...files.knownGood])
  const knownGood = buildKnownGood(lists, version)
  problems.push(...knownGood.problems)
  const { ownNetworks, ...rest } = settings
  return {
    tables: {
      ...rest,
      version: `${version} ${JSON.stringify(settings)}`,
      databases: databases.map(({ bytes }) => bytes),
      ownNetworks: ownNetworks.flatMap((text) => canonical(text, problems)),
      systems,
      knownGood: knownGood.values === 0 ? undefined : knownGood.tables,
    },
    databases: databases.map(({ name, type, builtAt }) => ({ name, type, builtAt })),
    systems: systems.length,
    knownGoodValues: knownGood.values,
    problems,
  }
}

function canonical(text: string, problems: string[]): string[] {
  const network = readNetwork(text)
  if (network === undefined) problems.push(`own_networks: ${text.slice(0, 60)} is no network`)
  return network === undefined ? [] : [networkText(network)]
}

/** The bytes in shared memory, proved to be a database. */
async function readDatabase({ path, size }: FoundFile) {
  if (size > largestDatabase) throw new Error(`exceeds ${largestDatabase / mebibyte} MiB`)
  const read = await readFile(path)
  const bytes = new Uint8Array(new SharedArrayBuffer(read.length))
  bytes.set(read)
  const { facts } = new Mmdb(bytes)
  // A copy in place over the old file is seen halfway: what follows it counts, and this does not.
  const after = await stat(path)
  if (after.size !== read.length) throw new Error('changes while it is read')
  return { bytes, ...facts }
}

async function readList(file: FoundFile, left: number): Promise<KnownGoodList> {
  return KnownGoodList.parse(parseForeignJson(await textOf(file, left)))
}

async function textOf({ path, size }: FoundFile, largest: number): Promise<string> {
  if (size > largest) throw new Error(`exceeds ${Math.floor(largest / mebibyte)} MiB`)
  return readFile(path, 'utf8')
}
