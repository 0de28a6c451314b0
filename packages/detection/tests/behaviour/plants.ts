import { Chance } from './chance.ts'
import { flow, logon, lookup, request, type Timed } from './records.ts'

const second = 1_000
const minute = 60 * second

/** An attack planted in the background, and how its finding is known. */
export interface Plant {
  readonly name: string
  /** Row of the table it counts in. */
  readonly group: string
  /** Whether it must be found: those it need not be are measured all the same. */
  readonly isRequired: boolean
  readonly rule: string
  /** Text that one of the reasons of the finding must be, and the host it must name. */
  readonly mark: string
  readonly source: string
  readonly records: readonly Timed[]
}

/** Where and when attacks are planted, and how many of each kind. */
interface Planting {
  readonly start: number
  readonly hours: number
  readonly each: number
  readonly seed: number
  readonly hosts: readonly string[]
  /** Only the hardest beacons: exactly so many connections seen, their sizes varied. */
  readonly seen?: number
}

interface BeaconShape {
  /** Seconds. */
  readonly period: number
  readonly jitter: number
  readonly loss: number
  /** Connections that are seen. */
  readonly seen: number
  readonly sizes: 'alike' | 'varied'
}

/** A host that calls home: sleeps of one length with jitter, of which some are not seen. */
function beacon(
  start: number,
  from: string,
  shape: BeaconShape,
  index: number,
  chance: Chance,
): Plant {
  const name = `c2-${index}.dich-vu.example`
  const records: Timed[] = []
  for (let at = start; records.length < shape.seen; ) {
    if (records.length === 0 || chance.next() >= shape.loss) {
      const size = shape.sizes === 'alike' ? chance.between(980, 1_020) : chance.between(200, 9_000)
      records.push(request(at, from, `192.0.2.${(index % 250) + 1}`, `http://${name}/`, size))
    }
    at += shape.period * second * (1 + shape.jitter * (2 * chance.next() - 1))
  }
  return {
    name: `${name} ${JSON.stringify(shape)}`,
    group: `jitter ${shape.jitter} loss ${shape.loss}`,
    isRequired: shape.jitter <= 0.2 && shape.loss <= 0.3,
    rule: 'beacon',
    mark: name,
    source: from,
    records,
  }
}

const periods = [30, 60, 300, 900, 1_800, 3_600]
const grid = [0, 0.1, 0.2, 0.3, 0.4].flatMap((jitter) =>
  [0, 0.1, 0.3, 0.5].map((loss) => ({ jitter, loss })),
)

/** Beacons of every period, jitter and loss, `each` of every kind, from eight connections to as many as `hours` hold. */
export function beacons(planting: Planting): Plant[] {
  const { start, hours, each, seed, hosts } = planting
  const chance = new Chance(seed)
  const plants: Plant[] = []
  for (const period of periods) {
    for (const { jitter, loss } of grid) {
      for (let i = 0; i < each; i++) {
        const rhythm = { period, jitter, loss }
        const shape = { ...rhythm, ...seenOf(rhythm, i, planting, chance) }
        const late =
          start +
          chance.next() *
            Math.max(0, hours * 3_600 - (shape.seen * period * 1.5) / (1 - loss)) *
            second
        const from = hosts[plants.length % hosts.length] ?? ''
        plants.push(beacon(late, from, shape, plants.length, chance))
      }
    }
  }
  return plants
}

/** How much is seen of the `i`th beacon of a rhythm. */
function seenOf(
  { period, loss }: Pick<BeaconShape, 'period' | 'loss'>,
  i: number,
  { hours, seen }: Planting,
  chance: Chance,
): Pick<BeaconShape, 'seen' | 'sizes'> {
  if (seen !== undefined) return { seen, sizes: 'varied' }
  const room = Math.floor(((hours * 3_600) / period) * (1 - loss) * 0.6)
  const most = Math.max(8, Math.min(room, 120))
  const sizes = i % 2 === 0 ? 'alike' : 'varied'
  return { seen: Math.round(8 * (most / 8) ** chance.next()), sizes }
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Every other kind of attack, `each` times. */
export function otherAttacks({ start, hours, each, seed, hosts }: Planting): Plant[] {
  const chance = new Chance(seed)
  const plants: Plant[] = []
  for (let i = 0; i < each; i++) {
    for (const [k, kind] of kinds.entries()) {
      const begin = start + (0.4 + 0.5 * chance.next()) * hours * 3_600 * second
      const from = hosts[(i * kinds.length + k) % hosts.length] ?? ''
      plants.push({ ...kind(begin, from, chance, i), isRequired: true })
    }
  }
  return plants
}

type Kind = (begin: number, from: string, chance: Chance, i: number) => Omit<Plant, 'isRequired'>

const horizontal: Kind = (begin, from, chance, i) => {
  const port = [445, 22, 3389, 1433, 8080][i % 5] ?? 445
  const records = Array.from({ length: 60 }, (_, n) => {
    const back = chance.next() < 0.1 ? 200 : 0
    return flow(begin + n * chance.between(200, 20_000), {
      from,
      to: `10.30.${i % 250}.${n + 1}`,
      port,
      back,
    })
  })
  return named('horizontal-scan', `horizontal ${port}`, from, `port ${port}`, records)
}

const vertical: Kind = (begin, from, chance, i) => {
  const to = `10.31.0.${(i % 250) + 1}`
  const records = Array.from({ length: 80 }, (_, n) =>
    flow(begin + n * chance.between(100, 8_000), {
      from,
      to,
      port: 1 + n * 13,
      back: n % 15 === 0 ? 90 : 0,
    }),
  )
  return named('vertical-scan', 'vertical', from, to, records)
}

const guessing: Kind = (begin, from, chance, i) => {
  const account = `quan-tri-${i}`
  const host = 'may-chu-3'
  const records = Array.from({ length: 30 }, (_, n) =>
    logon(begin + n * chance.between(2_000, 25_000), { from, host, account, ok: n === 29 }),
  )
  return named('password-guessing', 'guessing', from, account, records)
}

const spraying: Kind = (begin, from, chance, i) => {
  const records = Array.from({ length: 40 }, (_, n) =>
    logon(begin + n * chance.between(1, 2) * minute, {
      from,
      host: 'may-chu-3',
      account: `nv-${i}-${n}`,
      ok: false,
    }),
  )
  return named('password-spraying', 'spraying', from, from, records)
}

const distributed: Kind = (begin, _from, chance, i) => {
  const account = `giam-doc-${i}`
  const records = Array.from({ length: 30 }, (_, n) =>
    logon(begin + n * chance.between(30, 90) * second, {
      from: `198.18.${i % 250}.${n + 1}`,
      host: 'may-chu-3',
      account,
      ok: false,
    }),
  )
  return named('distributed-guessing', 'distributed', '', account, records)
}

const tunnel: Kind = (begin, from, chance, i) => {
  const domain = `kenh-${i}.example`
  const type = i % 2 === 0 ? 'TXT' : 'A'
  const records = Array.from({ length: 120 }, (_, n) => {
    const data = `${chance.word(chance.between(30, 60), base32)}.${chance.word(chance.between(10, 40), base32)}`
    return lookup(
      begin + n * chance.between(200, 30_000),
      from,
      `${data}.${domain}`,
      'NOERROR',
      type,
    )
  })
  return named('dns-tunnel', `tunnel ${type}`, from, domain, records)
}

const families: readonly ((chance: Chance) => string)[] = [
  (chance) => `${chance.word(chance.between(8, 16))}.com`,
  (chance) => `${chance.word(16, '0123456789abcdef')}.net`,
  (chance) => `${chance.word(chance.between(12, 24), 'abcdefghijklmnopqrstuvwxy')}.info`,
]

const generated: Kind = (begin, from, chance, i) => {
  const family = families[i % families.length] ?? (() => '')
  const records = Array.from({ length: 50 }, (_, n) =>
    lookup(
      begin + n * chance.between(300, 20_000),
      from,
      family(chance),
      n === 49 ? 'NOERROR' : 'NXDOMAIN',
    ),
  )
  return named('generated-domains', `generated ${i % families.length}`, from, from, records)
}

const lateral: Kind = (begin, from, chance, i) => {
  const records = Array.from({ length: 24 }, (_, n) => {
    const at = begin + n * chance.between(20, 90) * second
    return [
      flow(at, { from, to: `10.32.${i % 250}.${n + 1}`, port: [445, 3389, 5985][n % 3] ?? 445 }),
      logon(at + 100, { from, host: `may-${i}-${n}`, account: 'quan-tri-mien', ok: true }),
    ]
  })
  return named('lateral-movement', 'lateral', from, from, records.flat())
}

const theft: Kind = (begin, from, chance) => {
  const records = Array.from({ length: 20 }, (_, n) =>
    flow(begin + n * 30 * second, {
      from,
      to: '198.51.100.99',
      port: 443,
      sent: chance.between(90, 110) * 1e6,
    }),
  )
  return named('unusual-volume', 'volume', from, from, records)
}

const kinds = [
  horizontal,
  vertical,
  guessing,
  spraying,
  distributed,
  tunnel,
  generated,
  lateral,
  theft,
]

function named(rule: string, group: string, source: string, mark: string, records: Timed[]) {
  return { name: `${group} ${source} ${mark}`, group, rule, mark, source, records }
}
