import { toEvent } from '@haidang/station/normalise/to-event'
import { families, recordsOf } from './families.ts'
import { productOf } from './products.ts'
import { count, emptyTally, type Refusal, share, type Tally } from './tally.ts'

/** Shares a supported product has to reach, in percent. */
const least = 99

interface FamilyReport extends Tally {
  readonly name: string
  readonly kind: string
  readonly refusals: Refusal[]
}

interface ProductReport extends Tally {
  readonly name: string
  readonly supported: boolean
  /** Of its records, how many were recorded from equipment. */
  recorded: number
}

export interface Report {
  readonly families: readonly FamilyReport[]
  readonly products: readonly ProductReport[]
  /** What falls short, in words; empty: all is well. */
  readonly failures: readonly string[]
}

const sourceId = 'src_01a02b03-0000-7000-8000-000000000001'
const context = {
  organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
  node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
  simulated: false,
  sources: new Map([
    [
      sourceId,
      {
        id: sourceId,
        name: 'report',
        collector: 'tail-file' as const,
        format: 'auto' as const,
        zone: 'Asia/Ho_Chi_Minh',
        logsource: {},
        tlp: 'amber' as const,
      },
    ],
  ]),
}
const receivedAt = Date.parse('2026-11-22T03:00:00Z')

/**
 * Reads every family as a station reads an unnamed source and counts what became of the records.
 * `most`: records taken of each file.
 */
export function reportParsers(roots: { data: string; repository: string }, most: number): Report {
  const products = new Map<string, ProductReport>()
  const found = families.map((family) => {
    const report: FamilyReport = {
      ...emptyTally(),
      name: family.name,
      kind: family.kind,
      refusals: [],
    }
    for (const record of recordsOf(family, roots, most)) {
      const read = toEvent(
        {
          position: { segment: 1, offset: report.records },
          origin: `${sourceId} 192.0.2.9`,
          key: undefined,
          receivedAt,
          body: record.body,
        },
        context,
      )
      count(report, read, record)
      if (!read.ok) {
        refuse(report.refusals, read.reason, record.body)
        continue
      }
      const product = tallyOf(products, productOf(read.event))
      if (family.kind === 'recorded') {
        product.recorded++
        count(product, read, record)
      }
    }
    return report
  })
  const sorted = [...products.values()].sort((a, b) => a.name.localeCompare(b.name))
  return { families: found, products: sorted, failures: failuresIn(found, sorted) }
}

function refuse(refusals: Refusal[], reason: string, body: Uint8Array): void {
  const known = refusals.find((each) => each.reason === reason)
  if (known) known.count++
  else {
    const example = Buffer.from(body).toString('utf8').slice(0, 120)
    refusals.push({ reason, count: 1, example })
  }
}

function tallyOf(
  products: Map<string, ProductReport>,
  { name, supported }: { name: string; supported: boolean },
): ProductReport {
  const known = products.get(name)
  if (known) return known
  const fresh = { ...emptyTally(), name, supported, recorded: 0 }
  products.set(name, fresh)
  return fresh
}

function failuresIn(found: readonly FamilyReport[], products: readonly ProductReport[]): string[] {
  const missing = found
    .filter(({ records, events, rejects }) => records !== events + rejects)
    .map(({ name }) => `${name}: records are not events + rejects`)
  const short = products
    .filter(({ supported, recorded }) => supported && recorded > 0)
    .flatMap((product) => shortcomings(product))
  return [...missing, ...short]
}

function shortcomings(product: ProductReport): string[] {
  const shares = [
    ['class', product.classed, product.classable],
    ['time', product.ownTime, product.timed],
    ['observables', product.observed, product.observable],
  ] as const
  return shares
    .filter(([, part, whole]) => share(part, whole) < least)
    .map(
      ([what, part, whole]) =>
        `${product.name}: ${what} ${share(part, whole)} % (${part} of ${whole})`,
    )
}
