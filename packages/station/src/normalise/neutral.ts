import type { Logsource } from '@haidang/contracts/event'
import { httpActivity } from './access-log.ts'
import type { Draft } from './draft.ts'
import { connectionOf, statusOf, type Verdict, verdictOf } from './firewall.ts'
import { severityOfWord } from './severity-word.ts'

/** What a record of any vendor says of itself in a common notation. */
export interface NeutralRecord {
  readonly attributes: Pick<
    Draft,
    'src_endpoint' | 'dst_endpoint' | 'user' | 'http_request' | 'file'
  >
  readonly action: string | undefined
  readonly outcome: string | undefined
  readonly title: string
  readonly uid: string
  readonly category: string | undefined
  /** OCSF severity. */
  readonly severity: number
}

/** What the event is about, and what was done with what it tells of. */
export type NeutralAbout = Pick<
  Draft,
  'class' | 'activity' | 'severity' | 'status' | 'status_detail' | 'finding'
> & { readonly verdict: Verdict | undefined }

const attack =
  /malware|virus|trojan|ransom|intrusion|attack|exploit|\bip[sd]\b|threat|botnet|spyware|phish|injection|anti-?bot|mã độc|tấn công/i
const signIn = /log ?-?(?:in|on|out|off)\b|sign ?-?(?:in|on|out)\b|authenti|đăng nhập|đăng xuất/i
const signOut = /log ?-?(?:out|off)\b|sign ?-?out|đăng xuất/i

/** Chooses the class of a record by what it tells of: a finding, a sign-in, a request, a connection, a file. */
export function neutralAbout(record: NeutralRecord): NeutralAbout {
  const { action, outcome, severity } = record
  const verdict = verdictOf(action) ?? verdictOf(outcome)
  const common = { status: statusOf(verdict), status_detail: action ?? outcome, verdict }
  return { ...common, ...classOf(record, verdict), severity }
}

function classOf(record: NeutralRecord, verdict: Verdict | undefined) {
  const { attributes, title, uid, category } = record
  const told = `${title} ${category ?? ''}`
  if (attack.test(told)) {
    return {
      class: 'detection_finding' as const,
      activity: 1,
      finding: { title, ...(uid && { uid }), ...(category && { category }) },
    }
  }
  if (attributes.user && signIn.test(told)) {
    return { class: 'authentication' as const, activity: signOut.test(told) ? 2 : 1 }
  }
  if (attributes.http_request?.url !== undefined) {
    const { http_method } = attributes.http_request
    return { class: 'http_activity' as const, activity: httpActivity(http_method) }
  }
  if (attributes.src_endpoint && attributes.dst_endpoint) return connectionOf(verdict)
  if (attributes.file) return { class: 'file_activity' as const, activity: 99 }
  return { class: 'base_event' as const, activity: 99 }
}

/** OCSF severity of CEF's and LEEF's severity: 0 to 10, or a word. */
export function severityOfTen(text: string | undefined): number {
  const value = Number(text)
  if (text === undefined || text === '') return 1
  if (!Number.isFinite(value)) return severityOfWord(text) ?? 1
  if (value < 1) return 1
  if (value < 4) return 2
  if (value < 7) return 3
  return value < 9 ? 4 : 5
}

/** Names SigmaHQ gives to products, by what their records call themselves. */
const sigmaProducts: readonly [RegExp, string][] = [
  [/forti(?:gate|net)/i, 'fortigate'],
  [/palo ?alto|pan-os/i, 'paloalto'],
  [/cisco/i, 'cisco'],
  [/huawei/i, 'huawei'],
  [/juniper/i, 'juniper'],
  [/check ?point/i, 'checkpoint'],
]

/** Sigma's log source of a record in a common notation: its product, and the category its class stands for. */
export function vendorLogsource(
  { vendor, product }: { readonly vendor: string; readonly product: string },
  about: Pick<Draft, 'class' | 'finding'>,
  verdict: Verdict | undefined,
): Logsource {
  const known = sigmaProducts.find(([pattern]) => pattern.test(`${vendor} ${product}`))?.[1]
  const slug = (product || vendor)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .slice(0, 64)
  const category = categoryOf(about, verdict)
  const name = known ?? slug
  return { ...(name && { product: name }), ...(category && { category }) }
}

function categoryOf(
  about: Pick<Draft, 'class' | 'finding'>,
  verdict: Verdict | undefined,
): string | undefined {
  const { finding } = about
  if (about.class === 'network_activity') {
    return verdict === undefined ? undefined : 'firewall'
  }
  if (about.class === 'http_activity') return 'proxy'
  const isVirus = /virus|malware|mã độc/i.test(`${finding?.title ?? ''} ${finding?.category ?? ''}`)
  return finding !== undefined && isVirus ? 'antivirus' : undefined
}
