import type {
  Advisory,
  AdvisoryContent,
  AdvisoryVersion,
  AffectedProduct,
} from '@haidang/contracts/advisory'
import type { Tlp } from '@haidang/contracts/tlp'

/** Who publishes, as CSAF names it. */
export interface CsafPublisher {
  readonly name: string
  /** An address under the publisher's control. */
  readonly namespace: string
}

/** What is published, with all its versions. */
type Published = Pick<Advisory, 'number' | 'content' | 'simulated' | 'state'> & {
  readonly versions: readonly Pick<AdvisoryVersion, 'version' | 'time' | 'change_note'>[]
}

const tlpLabels: Readonly<Record<Tlp, string>> = {
  clear: 'WHITE',
  green: 'GREEN',
  amber: 'AMBER',
  'amber+strict': 'AMBER',
  red: 'RED',
}
const severities = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
} as const

/** An advisory as a CSAF 2.0 document; what only one addressee is told is never in it. */
export function csafDocument(published: Published, publisher: CsafPublisher): object {
  const { content } = published
  const products = content.products.map(identified)
  // The profile of an advisory wants products, vulnerabilities, notes and references; without them it is a plain one.
  const isWhole = products.length > 0 && content.cves.length > 0 && content.references.length > 0
  return {
    document: {
      category: isWhole ? 'csaf_security_advisory' : 'csaf_base',
      csaf_version: '2.0',
      lang: 'vi',
      title: `${published.simulated ? '[DIỄN TẬP] ' : ''}${content.title.vi}`,
      aggregate_severity: { text: severities[content.severity] },
      distribution: {
        text: `TLP:${content.tlp.toUpperCase()}`,
        tlp: { label: tlpLabels[content.tlp], url: 'https://www.first.org/tlp/' },
      },
      notes: notesOf(published),
      publisher: { category: 'coordinator', ...publisher },
      ...whereAny('references', content.references, ({ title, url }) => ({
        category: 'external',
        summary: title,
        url,
      })),
      tracking: trackingOf(published),
    },
    ...(products.length > 0 ? { product_tree: { branches: branchesOf(products) } } : {}),
    ...(products.length > 0
      ? whereAny('vulnerabilities', content.cves, (cve) => vulnerability(cve, content, products))
      : {}),
  }
}

/** The name a CSAF document must have as a file. */
export function csafFileName(number: string): string {
  return `${number.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, '_')}.json`
}

interface Identified extends AffectedProduct {
  readonly id: string
}

function identified(product: AffectedProduct, place: number): Identified {
  return { ...product, id: `P${place + 1}` }
}

function fixedId({ id }: Identified): string {
  return `${id}-fixed`
}

/** A field with one value for each of these; none where there are none: CSAF has no empty lists. */
function whereAny<T>(field: string, all: readonly T[], of: (one: T) => object) {
  return all.length > 0 ? { [field]: all.map(of) } : {}
}

function notesOf({ content, state, simulated, versions }: Published): object[] {
  const { summary, action, title, indicators, cves, products } = content
  const english = [title.en, summary.en, action.en].filter(Boolean).join('\n\n')
  const named = products.length === 0 ? cves.join(', ') : ''
  return [
    { category: 'summary', title: 'Tóm tắt', text: summary.vi },
    { category: 'general', title: 'Việc cần làm', text: action.vi },
    { category: 'other', title: 'English', text: english },
    { category: 'details', title: 'CVE', text: named },
    { category: 'details', title: 'Dấu hiệu nhận biết', text: indicators.join('\n') },
    {
      category: 'legal_disclaimer',
      title: 'Diễn tập',
      text: simulated ? 'Tài liệu diễn tập, không có thật. Exercise only.' : '',
    },
    {
      category: 'other',
      title: 'Đã hủy',
      text: state === 'cancelled' ? (versions[0]?.change_note ?? '') : '',
    },
  ].filter(({ text }) => text !== '')
}

function trackingOf({ number, versions }: Published): object {
  const history = versions.toSorted((a, b) => a.version - b.version)
  const last = history.at(-1)
  return {
    id: number,
    status: 'final',
    version: String(last?.version ?? 1),
    initial_release_date: history[0]?.time,
    current_release_date: last?.time,
    revision_history: history.map(({ version, time, change_note }) => ({
      number: String(version),
      date: time,
      summary: change_note || 'Phát hành lần đầu',
    })),
    generator: { engine: { name: 'Hải Đăng' } },
  }
}

function branchesOf(products: readonly Identified[]): object[] {
  const vendors = Map.groupBy(products, ({ vendor }) => vendor)
  return [...vendors].map(([vendor, theirs]) => ({
    category: 'vendor',
    name: vendor,
    branches: [...Map.groupBy(theirs, ({ name }) => name)].map(([name, same]) => ({
      category: 'product_name',
      name,
      branches: same.flatMap(versionsOf),
    })),
  }))
}

function versionsOf(product: Identified): object[] {
  const { name, vendor, versions, fixed, id } = product
  const helper = {
    ...(product.cpe ? { cpe: product.cpe } : {}),
    ...(product.purl ? { purl: product.purl } : {}),
  }
  const concerned = {
    category: 'product_version_range',
    name: versions,
    product: {
      product_id: id,
      name: `${vendor} ${name} ${versions}`,
      ...(Object.keys(helper).length > 0 ? { product_identification_helper: helper } : {}),
    },
  }
  if (!fixed) return [concerned]
  return [
    concerned,
    {
      category: 'product_version',
      name: fixed,
      product: { product_id: fixedId(product), name: `${vendor} ${name} ${fixed}` },
    },
  ]
}

function vulnerability(
  cve: string,
  content: AdvisoryContent,
  products: readonly Identified[],
): object {
  const affected = products.map(({ id }) => id)
  const fixed = products.filter((one) => one.fixed).map(fixedId)
  return {
    cve,
    notes: [{ category: 'description', title: cve, text: content.summary.vi }],
    product_status: {
      known_affected: affected,
      ...(fixed.length > 0 ? { fixed } : {}),
    },
    ...whereAny('remediations', content.remediations, ({ kind, text, url }) => ({
      category: kind,
      details: text,
      product_ids: affected,
      ...(url ? { url } : {}),
    })),
  }
}
