import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { FileHead } from '@haidang/station/collect/file-head'
import { filesOfZip } from './zip.ts'

/** What the records of a family cannot show, whoever reads them, and why. */
interface Lacking {
  readonly file: RegExp
  readonly what: 'time' | 'class'
  readonly why: string
}

/** Files of one origin. */
export interface Family {
  readonly name: string
  /** Below the data folder, or of the repository for our own. */
  readonly folder: string
  readonly files: RegExp
  /** Recorded from equipment, made by a generator, or written by hand after documentation. */
  readonly kind: 'recorded' | 'generated' | 'constructed'
  readonly lacks?: readonly Lacking[]
}

/** One record, and what its file cannot show. */
export interface FamilyRecord {
  readonly body: Uint8Array
  readonly lacks: ReadonlySet<Lacking['what']>
}

const fixtures = 'packages/station/src/normalise/fixtures'

/** Every family of events there is: shared recordings, then our own fixtures. */
export const families: readonly Family[] = [
  {
    name: 'Suricata EVE',
    folder: 'detection/eve',
    files: /\.ndjson/,
    kind: 'recorded',
    lacks: [{ file: /partial/, what: 'time', why: 'expectations of tests: no timestamps' }],
  },
  { name: 'Zeek JSON', folder: 'detection/zeek', files: /\.ndjson/, kind: 'recorded' },
  { name: 'Zeek TSV', folder: 'detection/zeek/tsv', files: /\.log$/, kind: 'recorded' },
  { name: 'Zeek beacon', folder: 'modules/zeek-beacon', files: /\.log/, kind: 'recorded' },
  { name: 'Zeek OTRF', folder: 'modules/otrf', files: /zeek/, kind: 'recorded' },
  {
    name: 'Windows benign',
    folder: 'detection/windows-benign',
    files: /\.ndjson/,
    kind: 'recorded',
  },
  { name: 'Windows OTRF', folder: 'detection/windows-otrf', files: /\.ndjson/, kind: 'recorded' },
  {
    name: 'Windows Winlogbeat 6',
    folder: 'detection/windows-otrf-winlogbeat6',
    files: /\.ndjson/,
    kind: 'recorded',
  },
  {
    name: 'Windows techniques',
    folder: 'modules/otrf',
    files: /^[a-z_]+__.*\.zip$/,
    kind: 'recorded',
  },
  {
    name: 'Sigma regression',
    folder: 'detection/regression',
    files: /\.ndjson$/,
    kind: 'recorded',
  },
  { name: 'Linux auditd', folder: 'detection/linux', files: /\.log$/, kind: 'recorded' },
  { name: 'Linux Sysmon', folder: 'modules/otrf', files: /^log4shell/, kind: 'recorded' },
  { name: 'CloudTrail', folder: 'detection/cloud', files: /\.ndjson/, kind: 'recorded' },
  { name: 'CloudTrail OTRF', folder: 'modules/otrf', files: /^aws_/, kind: 'recorded' },
  { name: 'Microsoft cloud', folder: 'modules/otrf', files: /^GoldenSAML/, kind: 'recorded' },
  {
    name: 'Bench lanes',
    folder: 'detection/bench-lanes',
    files: /\.ndjson/,
    kind: 'generated',
    lacks: [
      { file: /./, what: 'time', why: 'a generator of fields for rules: most lanes have no time' },
    ],
  },
  {
    name: 'Own, recorded',
    folder: fixtures,
    files: /^(?!.*\.constructed\.).*\.log$/,
    kind: 'recorded',
    lacks: [{ file: /verify-/, what: 'time', why: 'expectations of tests: no timestamps' }],
  },
  { name: 'Own, constructed', folder: fixtures, files: /\.constructed\.log$/, kind: 'constructed' },
]

/** The records of a family, at most `most` of each file, evenly taken. */
export function* recordsOf(family: Family, roots: Roots, most: number): Generator<FamilyRecord> {
  const own = family.folder === fixtures
  const folder = join(own ? roots.repository : roots.data, family.folder)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder, { recursive: own, encoding: 'utf8' }).sort()) {
    if (!family.files.test(name)) continue
    const lacks = new Set(
      (family.lacks ?? []).filter(({ file }) => file.test(name)).map(({ what }) => what),
    )
    const bytes = readFileSync(join(folder, name))
    // A fixture is one record, also where it has lines.
    if (own) yield { body: bytes, lacks }
    else for (const body of sampled(bodiesOf(name, bytes), most)) yield { body, lacks }
  }
}

interface Roots {
  /** Folder of shared recordings. */
  readonly data: string
  readonly repository: string
}

function sampled(bodies: readonly Uint8Array[], most: number): readonly Uint8Array[] {
  const step = Math.max(1, Math.floor(bodies.length / most))
  return bodies.filter((_, index) => index % step === 0)
}

function bodiesOf(name: string, bytes: Buffer): Uint8Array[] {
  const texts = /\.zip$/i.test(name)
    ? filesOfZip(bytes)
    : [name.endsWith('.gz') ? gunzipSync(bytes) : bytes]
  return texts.flatMap((text) =>
    name.startsWith('regression') ? eventsOfTests(text) : linesOf(text),
  )
}

/** The lines of a file as a station's tail reads them: with the head that names their columns. */
function linesOf(text: Buffer): Uint8Array[] {
  const head = new FileHead()
  const lines: Uint8Array[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf(0x0a, at)
    const stop = end < 0 ? text.length : end
    if (stop > at) lines.push(head.take(text.subarray(at, stop)))
    at = stop + 1
  }
  return lines
}

/** Sigma's regression data: each line is a test with its events. */
function eventsOfTests(text: Buffer): Uint8Array[] {
  const lines = text.toString('utf8').split('\n').filter(Boolean)
  return lines.flatMap((line) => {
    const { events } = JSON.parse(line) as { events: object[] }
    return events.map((event) => Buffer.from(JSON.stringify(event)))
  })
}
