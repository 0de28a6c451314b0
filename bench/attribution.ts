import { AttributionIndex, type Claim } from '@haidang/centre/modules/attribution/attribution-index'
import { noEnd } from '@haidang/centre/modules/attribution/period-table'
import { isWithin, type Network, readIp, readNetwork } from '@haidang/detection/ip-address'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { openCentreDatabase } from './centre-database.ts'
import { type Figure, median } from './figure.ts'

const many = 1_000_000
const asked = 100_000
const runs = 7

/**
 * Whose is this address, this name: of 1,000,000 networks of mixed length and 1,000,000 names, in memory; beside it a
 * scan of all networks and PostgreSQL's own GiST index over `inet` on the same networks and the same questions.
 */
export async function* figures(): AsyncIterable<Figure> {
  const networks = [...networkTexts()]
  const before = performance.now()
  const index = new AttributionIndex(Math.floor(before * 1_000), many)
  let added = 0
  for (const [n, text] of networks.entries()) if (index.add(claim('network', text, n))) added += 1
  for (let n = 0; n < many; n++) if (index.add(claim('domain', nameOf(n), n))) added += 1
  const seconds = (performance.now() - before) / 1_000
  yield { name: 'attribution.claims', value: added, unit: 'claims', median_of: 1 }
  yield { name: 'attribution.build', value: round(seconds), unit: 's', median_of: 1 }
  yield {
    name: 'attribution.memory',
    value: round(index.bytes / 2 ** 20),
    unit: `MiB of arrays for ${added} claims`,
    median_of: 1,
  }

  const addresses = Array.from({ length: asked }, (_, n) => addressIn(networks, n))
  const linear = scanRate(networks, addresses.slice(0, 20))
  const tree = await treeRate(networks, addresses.slice(0, 2_000), index)
  const address = rate(addresses, (one) => index.ofText(one, 1))
  const unit = `addresses/s of text, ${many} networks`
  yield figure('attribution.addresses', address, unit, 'a scan of all networks', linear)
  yield figure('attribution.addresses', address, unit, 'inet_ops GiST of PostgreSQL', tree)
  const names = Array.from({ length: asked }, (_, n) => `www.${nameOf((n * 7919) % many)}`)
  const name = rate(names, (one) => index.ofText(one, 1))
  yield figure('attribution.names', name, `names/s, ${many} names`, 'addresses/s', address)
  yield { ...changed(index), median_of: runs }
}

function figure(name: string, value: number, unit: string, beside: string, other: number): Figure {
  return {
    name,
    value: Math.round(value),
    unit,
    median_of: runs,
    beside: { name: beside, value: round(other) },
  }
}

/** To one decimal. */
function round(value: number): number {
  return Math.round(value * 10) / 10
}

function claim(kind: Claim['kind'], text: string, n: number): Claim {
  const owner = n % 10_000
  return {
    kind,
    text,
    from: 0,
    until: noEnd,
    system_id: `sys_${owner}`,
    organisation_id: `org_${owner % 200}`,
  }
}

/** Networks without repeats: a quarter IPv6 of /32 to /64, the others IPv4 of /16 to /32, most of them /24. */
function* networkTexts(): Generator<string> {
  const seen = new Set<string>()
  const next = numbers(1)
  while (seen.size < many) {
    const word = next()
    const text = seen.size % 4 === 0 ? ipv6(word, next()) : ipv4(word, next())
    if (seen.has(text)) continue
    seen.add(text)
    yield text
  }
}

function ipv4(word: number, length: number): string {
  const bits = [24, 24, 24, 23, 22, 20, 26, 28, 30, 32, 16][length % 11] ?? 24
  // First octet 11 to 99: no private range, no documentation.
  const start = (((11 + ((word >>> 24) % 89)) << 24) | (word & 0xff_ffff)) & (-1 << (32 - bits))
  return `${[24, 16, 8, 0].map((shift) => (start >>> shift) & 255).join('.')}/${bits}`
}

function ipv6(word: number, length: number): string {
  const bits = [32, 40, 48, 48, 56, 64][length % 6] ?? 48
  const groups = [0x2001 + (word % 64), word >>> 16, word & 0xffff, length & 0xffff]
  const kept = groups.map((group, i) => group & (0xffff << Math.max(16 * (i + 1) - bits, 0)))
  return `${kept.map((group) => (group & 0xffff).toString(16)).join(':')}::/${bits}`
}

function nameOf(n: number): string {
  return `donvi-${n}.${['gov', 'com', 'edu'][n % 3]}.vn`
}

/** An address of a network that is there, or of nobody one time in ten. */
function addressIn(networks: readonly string[], n: number): string {
  if (n % 10 === 0) return `120.${n % 256}.${(n >>> 8) % 256}.7`
  return (networks[(n * 7919) % networks.length] ?? '').split('/')[0] ?? ''
}

function* randoms(seed: number): Generator<number, never> {
  let last = seed
  for (;;) {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0
    yield (last ^ (last >>> 15)) >>> 0
  }
}

function numbers(seed: number): () => number {
  const made = randoms(seed)
  return () => made.next().value
}

function rate(texts: readonly string[], ask: (text: string) => unknown): number {
  const rates = Array.from({ length: runs + 2 }, () => {
    const before = performance.now()
    for (const text of texts) ask(text)
    return (texts.length / (performance.now() - before)) * 1_000
  })
  return median(rates.slice(2))
}

function scanRate(networks: readonly string[], addresses: readonly string[]): number {
  const read = networks.flatMap((text) => readNetwork(text) ?? [])
  return rate(addresses, (text) => {
    const ip = readIp(text)
    let best: Network | undefined
    for (const network of read) {
      if (network.bits > (best?.bits ?? 0) && ip && isWithin(ip, network)) best = network
    }
    return best
  })
}

/** Look-ups of the same addresses in PostgreSQL, one statement each; throws where it answers otherwise than the index. */
async function treeRate(
  networks: readonly string[],
  addresses: readonly string[],
  index: AttributionIndex,
): Promise<number> {
  await using centre = await openCentreDatabase()
  return centre.database.transact(systemScope, async (tx) => {
    await tx.execute(sql`create temporary table claimed (network inet not null, n int not null)`)
    for (let from = 0; from < networks.length; from += 50_000) {
      const some = networks.slice(from, from + 50_000)
      await tx.execute(sql`
        insert into claimed select network::inet, ${from}::int + n - 1
        from unnest(${sql.param(some)}::text[]) with ordinality as given(network, n)`)
    }
    await tx.execute(sql`create index on claimed using gist (network inet_ops)`)
    await tx.execute(sql`analyze claimed`)
    const rates: number[] = []
    for (let run = 0; run < runs; run++) {
      const before = performance.now()
      for (const address of addresses) {
        const { rows } = await tx.execute<{ n: number }>(sql`
          select n from claimed where network >>= ${address}::inet
          order by masklen(network) desc limit 1`)
        const [row] = rows
        const known = index.ofText(address, 1)?.system_id
        const found = row && `sys_${row.n % 10_000}`
        if (found !== known)
          throw new Error(`${address}: ${found} in PostgreSQL, ${known} in the index`)
      }
      rates.push((addresses.length / (performance.now() - before)) * 1_000)
    }
    return median(rates)
  })
}

/** What taking a range away and adding it again costs in the full index. */
function changed(index: AttributionIndex): Omit<Figure, 'median_of'> {
  const own = claim('network', '203.0.113.0/24', 1)
  const turns = Array.from({ length: 10_000 }, (_, n) => ({
    ...own,
    text: `203.${n >>> 8}.${n & 255}.0/24`,
  }))
  const value = rate(
    turns.map(({ text }) => text),
    (text) => {
      index.add({ ...own, text })
      index.remove({ ...own, text })
    },
  )
  return {
    name: 'attribution.changes',
    value: Math.round(value),
    unit: 'ranges added and removed/s',
  }
}
