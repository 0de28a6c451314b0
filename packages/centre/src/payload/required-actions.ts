import type { ActionKind, RequiredAction } from '@haidang/contracts/order'
import { Problem } from '@haidang/runtime/problem'
import { type Indicator, readIndicator } from './indicator.ts'

type Fault = Problem['errors'][number]

/** What devices can do with: an action of these kinds takes no other indicators. */
const wanted: Partial<Record<ActionKind, readonly Indicator['kind'][]>> = {
  block_ip: ['address', 'network'],
  block_domain: ['domain'],
  sinkhole: ['domain'],
}
const remedies: Readonly<Record<string, string>> = {
  block_ip: '203.0.113.7, 2001:db8::7, 203.0.113.0/24',
  block_domain: 'example.vn',
  sinkhole: 'example.vn',
}
const anyForm =
  'IP, CIDR, example.vn, https://example.vn/a, MD5, SHA-1, SHA-256, SHA-512, a@example.vn'
const mostFaults = 50

/** Actions with their indicators in the one form they are kept in. Throws Problem order.indicator-invalid. */
export function requireActions(actions: readonly RequiredAction[]): RequiredAction[] {
  const faults: Fault[] = []
  const read = actions.map((action, place) => ({
    ...action,
    indicators: readAll(action.kind, action.indicators, `actions.${place}.indicators`, faults),
  }))
  requireNone(faults)
  return read
}

/** The own indicators of an addressee, by action; only of actions that say so. Throws Problem order.indicator-invalid. */
export function requireOwn(
  actions: readonly RequiredAction[],
  own: Readonly<Record<string, readonly string[]>>,
  field: string,
): Record<string, string[]> {
  const faults: Fault[] = []
  const read = Object.entries(own).map(([id, texts]) => {
    const action = actions.find((one) => one.id === id && one.by_owner)
    const at = `${field}.${id}`
    if (!action) faults.push({ field: at, cause: id, remedy: 'by_owner' })
    return [id, action ? readAll(action.kind, texts, at, faults) : []] as const
  })
  requireNone(faults)
  return Object.fromEntries(read)
}

function readAll(
  kind: ActionKind,
  texts: readonly string[],
  field: string,
  faults: Fault[],
): string[] {
  const read = new Set<string>()
  for (const [place, text] of texts.entries()) {
    if (text.trim() === '') continue
    const indicator = readIndicator(text)
    if (indicator && (wanted[kind]?.includes(indicator.kind) ?? true)) read.add(indicator.text)
    else {
      const cause = JSON.stringify(text.slice(0, 100))
      faults.push({ field: `${field}.${place}`, cause, remedy: remedies[kind] ?? anyForm })
    }
  }
  return [...read]
}

function requireNone(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  const cause = `${faults.length}: ${faults[0]?.cause}`
  throw new Problem('order.indicator-invalid', cause, faults.slice(0, mostFaults))
}
